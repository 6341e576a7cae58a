import type { ParameterArray } from "../../../contracts/objective.ts";
import { sizeOf } from "../../../engine/graph/shape.ts";
import type { Task } from "./tasks.ts";

/** Sizes of the decoder: tanh layers of one width, twice, and its outputs. */
export interface Sizes {
  readonly width: number;
  readonly outputs: number;
}

/** The arrays of a network in the flat vector: embeddings, then weights [inputs, outputs] and biases of the three layers. */
export interface Layout {
  readonly parameters: readonly ParameterArray[];
  readonly size: number;
  /** Views on a flat vector, by name. */
  views(w: Float64Array): { readonly [name: string]: Float64Array };
}

export const layoutOf = ({ symbols, dimensions }: Task, { width, outputs }: Sizes): Layout => {
  const shapes = {
    E: [symbols, dimensions],
    W1: [dimensions, width],
    b1: [width],
    W2: [width, width],
    b2: [width],
    W3: [width, outputs],
    b3: [outputs],
  };
  let size = 0;
  const parameters = Object.entries(shapes).map(([name, shape]): ParameterArray => {
    const offset = size;
    size += sizeOf(shape);
    return { name, shape, offset };
  });
  return {
    parameters,
    size,
    views: w =>
      Object.fromEntries(
        parameters.map(({ name, shape, offset }) => [name, w.subarray(offset, offset + sizeOf(shape))]),
      ),
  };
};
