import type { ParameterArray } from "../contracts/objective.ts";
import type { NamedArrays } from "../contracts/protocol.ts";
import { sameShape, shapeText, sizeOf } from "../engine/graph/shape.ts";
import { LandauError } from "../errors.ts";

/**
 * Named arrays as one flat vector in the order of an objective's parameters. Throws a LandauError of kind "input" that begins with
 * `place` when an array is missing, left over, of another shape or not finite.
 */
export const flatPoint = (parameters: readonly ParameterArray[], arrays: NamedArrays, place: string): Float64Array => {
  const names = parameters.map(({ name }) => name);
  const extra = Object.keys(arrays).find(name => !names.includes(name));
  if (extra !== undefined)
    throw new LandauError("input", `${place}: ${extra} is no parameter of the model, which has ${names.join(", ")}`);
  const point = new Float64Array(parameters.reduce((size, { shape }) => size + sizeOf(shape), 0));
  for (const { name, shape, offset } of parameters) {
    const array = arrays[name];
    if (!array)
      throw new LandauError(
        "input",
        `${place}: no array ${name}, a parameter of the model; there are ${Object.keys(arrays).join(", ")}`,
      );
    if (!sameShape(array.shape, shape))
      throw new LandauError(
        "input",
        `${place}: ${name} has shape ${shapeText(array.shape)}, the model's has ${shapeText(shape)}`,
      );
    const bad = array.data.findIndex(value => !Number.isFinite(value));
    if (bad >= 0)
      throw new LandauError("input", `${place}: ${name}, entry ${bad} is ${array.data[bad]}: needs a finite number`);
    point.set(array.data, offset);
  }
  return point;
};
