import { type NamedArrays, namedArrays } from "../../../learning/networks/named-arrays.ts";
import type { Task } from "./tasks.ts";

/** Sizes of the decoder: tanh layers of one width, twice, and its outputs. */
export interface Sizes {
  readonly width: number;
  readonly outputs: number;
}

/** The arrays of a network in the flat vector: embeddings, then weights [inputs, outputs] and biases of the three layers. */
export const layoutOf = ({ symbols, dimensions }: Task, { width, outputs }: Sizes): NamedArrays =>
  namedArrays({
    E: [symbols, dimensions],
    W1: [dimensions, width],
    b1: [width],
    W2: [width, width],
    b2: [width],
    W3: [width, outputs],
    b3: [outputs],
  });
