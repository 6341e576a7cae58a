import * as numerics from "../../../src/numerics/elementary.ts";
import { elementaryMap } from "../../engine/elementary-map.ts";
import { hashBits, type Table } from "./bits.ts";

const names = ["exp", "log", "log1p", "tanh", "erf", "sin", "cos"] as const;

const COUNT = 65_536;

/** Numbers of all signs and sizes, evenly over their bits: subnormal, huge, infinite and not numbers; then ordinary ones. */
const sweep32 = (): Float32Array<ArrayBuffer> => {
  const words = Uint32Array.from({ length: COUNT }, (_, i) => i * 65_521);
  return Float32Array.from([...new Float32Array(words.buffer), ...ordinary()]);
};
const sweep64 = (): Float64Array<ArrayBuffer> => {
  const words = new Uint32Array(2 * COUNT);
  for (let i = 0; i < COUNT; i++) words.set([Math.imul(i, 0x9e3779b1), i * 65_521], 2 * i);
  return Float64Array.from([...new Float64Array(words.buffer), ...edges, ...ordinary()]);
};
const edges = [0, -0, 5e-324, -5e-324, 2.2e-308, 1.7976931348623157e308, -1.7976931348623157e308, Infinity, -Infinity];
/** From -30 to 30. */
const ordinary = () => Float64Array.from({ length: COUNT }, (_, i) => 60 * ((i * 0.6180339887498949) % 1) - 30);

/** Elementary functions of numerics, and compiled ones in either precision. */
export const elementary = (): Table => {
  const table: { [name: string]: string } = {};
  const doubles = sweep64();
  for (const [name, f] of Object.entries(numerics)) table[`numerics ${name}`] = hashBits(doubles.map(f));
  for (const [suffix, xs] of [
    ["32", sweep32()],
    ["64", doubles],
  ] as const) {
    const Floats = suffix === "32" ? Float32Array : Float64Array;
    for (const name of names) table[name + suffix] = hashBits(Floats.from(elementaryMap(name, `f${suffix}`, xs)));
  }
  return table;
};
