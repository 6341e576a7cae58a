import { describe, expect, test } from "vitest";
import type { Lowered } from "../../../../src/engine/fast-modes.ts";
import { graph } from "../../../../src/engine/graph/graph.ts";
import { ops } from "../../../../src/engine/graph/ops.ts";
import { compile } from "../../../../src/engine/program.ts";
import { build } from "../../../../src/lab/node/native/library.ts";
import { stream } from "../../../../src/numerics/stream.ts";
import { bothRoads } from "./roads.ts";
import { scenes, settingOf } from "./scenes.ts";
import { toolchain } from "./tools.ts";

const [ROWS, COLUMNS, DEPTH] = [17, 70, 300];
/** Products whose sums are taken together. */
const PART = 128;

/** a b in float32 with one rounding for each product and its addition: the product of two float32 is exact in float64. */
const fusedProduct = (a: Float32Array, b: Float32Array): Float32Array =>
  Float32Array.from({ length: ROWS * COLUMNS }, (_, entry) => {
    const [row, column] = [Math.floor(entry / COLUMNS), entry % COLUMNS];
    let total: number | undefined;
    for (let from = 0; from < DEPTH; from += PART) {
      let part = 0;
      for (let k = from; k < Math.min(from + PART, DEPTH); k++)
        part = Math.fround(part + a[row * DEPTH + k] * b[k * COLUMNS + column]);
      total = total === undefined ? part : Math.fround(total + part);
    }
    return total!;
  });

describe.skipIf(!toolchain)("fused multiply-adds", () => {
  test("products are sums of products in ascending order, each added in one rounding", () => {
    const own = graph();
    const a = own.node("input", [], { name: "a" }, [ROWS, DEPTH]);
    const b = own.node("input", [], { name: "b" }, [DEPTH, COLUMNS]);
    const goal = { outputs: { c: { node: ops(own).matmul(a, b), every: "call" as const } }, updates: [] };
    const accelerate = (program: Lowered) => build(program, toolchain!, true);
    const program = compile(own, goal, { precision: "f32", chains: 1, stepsPerCall: 1, accelerate });
    const random = stream({ seed: 3, purpose: "fused" });
    const [left, right] = [ROWS, COLUMNS].map(size => Float32Array.from({ length: size * DEPTH }, random.normal));
    program.write("a", left);
    program.write("b", right);
    program.run(1, { from: 0, seed: 0 });
    expect([...program.read("c")]).toEqual([...fusedProduct(left, right)]);
  });

  test.each(["elementary functions of every kind of number", "sums of many and of few, along lanes and across them"])(
    "where there are no products, bits are those of WebAssembly: %s",
    name => {
      const { inputs } = scenes[name];
      const { wasm, native } = bothRoads(
        settingOf(scenes[name], "f32"),
        program => {
          for (const [input, { values }] of Object.entries(inputs)) if (values) program.write(input, values);
        },
        true,
      );
      expect(native).toEqual(wasm);
    },
  );
});
