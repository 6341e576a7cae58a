import type { ParameterArray } from "../contracts/objective.ts";
import type { NamedArray, NamedArrays } from "../contracts/protocol.ts";
import { sameShape, shapeText, sizeOf } from "../engine/graph/shape.ts";
import { LandauError } from "../errors.ts";

/** How matrices of weights lie: inputs x outputs, as here, or outputs x inputs, as layers of PyTorch have them. */
export type WeightLayout = "landau" | "torch";

/**
 * Named arrays as one flat vector in the order of an objective's parameters. In torch's layout a matrix that fits when it is transposed is transposed, and so is a
 * square one that is named as the weight of a layer; tables of embeddings, which fit as they are, are not.
 *
 * Throws a LandauError of kind "input" that begins with `place` when an array is missing, left over, of another shape or not finite.
 */
export const flatPoint = (
  parameters: readonly ParameterArray[],
  arrays: NamedArrays,
  place: string,
  layout: WeightLayout = "landau",
): Float64Array => {
  const names = parameters.map(({ name }) => name);
  const extra = Object.keys(arrays).find(name => !names.includes(name));
  if (extra !== undefined)
    throw new LandauError("input", `${place}: ${extra} is no parameter of the model, which has ${names.join(", ")}`);
  const point = new Float64Array(parameters.reduce((size, { shape }) => size + sizeOf(shape), 0));
  for (const { name, shape, offset } of parameters) {
    const given = arrays[name];
    if (!given)
      throw new LandauError(
        "input",
        `${place}: no array ${name}, a parameter of the model; there are ${Object.keys(arrays).join(", ")}`,
      );
    const fitsTransposed = shape.length === 2 && sameShape([...given.shape].reverse(), shape);
    const isTransposed = layout === "torch" && fitsTransposed && (shape[0] !== shape[1] || /(^|\.)weight$/.test(name));
    const array = isTransposed ? transposed(given) : given;
    if (!sameShape(array.shape, shape))
      throw new LandauError(
        "input",
        `${place}: ${name} has shape ${shapeText(array.shape)}, the model's has ${shapeText(shape)}${
          fitsTransposed ? "; it is outputs x inputs, as PyTorch has it: --layout torch takes it so" : ""
        }`,
      );
    const bad = array.data.findIndex(value => !Number.isFinite(value));
    if (bad >= 0)
      throw new LandauError("input", `${place}: ${name}, entry ${bad} is ${array.data[bad]}: needs a finite number`);
    point.set(array.data, offset);
  }
  return point;
};

const transposed = ({ shape: [rows, columns], data }: NamedArray): NamedArray => ({
  shape: [columns, rows],
  data: Float64Array.from(data, (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]),
});
