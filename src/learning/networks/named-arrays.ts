import type { ParameterArray } from "../../contracts/objective.ts";

/** Arrays by name, one after the other in one flat vector. */
export interface NamedArrays {
  readonly parameters: readonly ParameterArray[];
  readonly size: number;
  /** Views on a flat vector, by name. */
  views(w: Float64Array): { readonly [name: string]: Float64Array };
}

/** Lays arrays out in the order of their shapes. */
export const namedArrays = (shapes: { readonly [name: string]: readonly number[] }): NamedArrays => {
  let size = 0;
  const parameters = Object.entries(shapes).map(([name, shape]): ParameterArray => {
    const offset = size;
    size += lengthOf(shape);
    return { name, shape, offset };
  });
  return {
    parameters,
    size,
    views: w =>
      Object.fromEntries(
        parameters.map(({ name, shape, offset }) => [name, w.subarray(offset, offset + lengthOf(shape))]),
      ),
  };
};

const lengthOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);
