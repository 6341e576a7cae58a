import type { NamedArray } from "../contracts/protocol.ts";
import { LandauError } from "../errors.ts";
import { type NpzArray, readNpz } from "../formats/npz.ts";
import type { DrawTable, Quantity } from "./draws.ts";

/**
 * Draws from an npz file: every array chains x draws, or chains x draws x the shape of what is drawn, which becomes a quantity for each entry,
 * `W[1,2]`.
 *
 * Throws a LandauError of kind "input" that names the file, the array, the value and what was expected.
 */
export const readDrawsNpz = (bytes: Uint8Array, fileName: string): DrawTable => {
  const arrays = readNpz(bytes, fileName);
  if (arrays.length === 0) throw new LandauError("input", `${fileName}: no arrays`);
  const [first] = arrays;
  for (const array of arrays) checkShape(array, `${fileName}: ${array.name}`);
  const [chains, draws] = first.shape;
  for (const { name, shape } of arrays)
    if (shape[0] !== chains || shape[1] !== draws)
      throw new LandauError(
        "input",
        `${fileName}: ${name}: ${shape[0]} chains x ${shape[1]} draws: needs ${chains} x ${draws}, as ${first.name} has`,
      );
  return { chains, draws, quantities: arrays.flatMap(quantitiesOf), notes: [] };
};

const checkShape = ({ shape, data }: NamedArray, place: string): void => {
  const shown = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  if (shape.length < 2)
    throw new LandauError(
      "input",
      `${place}: shape ${shown}: needs chains x draws; a single chain is x.reshape(1, -1)`,
    );
  if (data.length === 0) throw new LandauError("input", `${place}: shape ${shown}: needs at least one draw`);
  if (shape[0] > shape[1])
    throw new LandauError(
      "input",
      `${place}: shape ${shown}: ${shape[0]} chains of ${shape[1]} draws: needs chains x draws; transpose the first two axes`,
    );
};

const quantitiesOf = ({ name, shape, data }: NpzArray): Quantity[] => {
  const [chains, draws, ...rest] = shape;
  const width = rest.reduce((product, extent) => product * extent, 1);
  return Array.from({ length: width }, (_, entry) => ({
    name: rest.length === 0 ? name : `${name}[${placeOf(entry, rest).join(",")}]`,
    chains: Array.from({ length: chains }, (_, chain) =>
      Float64Array.from({ length: draws }, (_, draw) => data[(chain * draws + draw) * width + entry]),
    ),
  }));
};

const placeOf = (entry: number, shape: readonly number[]): number[] => {
  let rest = entry;
  return [...shape]
    .reverse()
    .map(extent => {
      const index = rest % extent;
      rest = (rest - index) / extent;
      return index;
    })
    .reverse();
};
