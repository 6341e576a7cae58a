import type { ParameterArray } from "../../../contracts/objective.ts";
import { invalid } from "../../../errors.ts";
import { checkModulus } from "./modulus.ts";

/** Modulus p and width K. The flat vector holds A, B, C one after the other, each K x p by rows: row k is neuron k. */
export interface Dimensions {
  readonly p: number;
  readonly K: number;
}

/** Throws a LandauError unless p is an odd modulus and K a positive integer. */
export const checkDimensions = ({ p, K }: Dimensions): void => {
  checkModulus(p);
  if (!(Number.isSafeInteger(K) && K >= 1)) throw invalid("K", K, "a width of at least one neuron");
};

/** Length of the flat vector: 3 p K. */
export const sizeOf = ({ p, K }: Dimensions): number => 3 * p * K;

export const parameterArrays = ({ p, K }: Dimensions): readonly ParameterArray[] =>
  ["A", "B", "C"].map((name, i) => ({ name, shape: [K, p], offset: i * K * p }));

/** A, B and C as views of the flat vector. */
export interface Weights {
  readonly A: Float64Array;
  readonly B: Float64Array;
  readonly C: Float64Array;
}

export const weightsOf = (w: Float64Array, { p, K }: Dimensions): Weights => {
  const block = p * K;
  if (w.length !== 3 * block) throw invalid("w.length", w.length, `3 p K = ${3 * block} parameters`);
  return { A: w.subarray(0, block), B: w.subarray(block, 2 * block), C: w.subarray(2 * block) };
};

/** A with `dead` neurons behind its K that are zero. */
export const withDeadNeurons = (w: Float64Array, { p, K }: Dimensions, dead: number): Float64Array => {
  const block = p * (K + dead);
  const out = new Float64Array(3 * block);
  const { A, B, C } = weightsOf(w, { p, K });
  [A, B, C].forEach((rows, i) => void out.set(rows, i * block));
  return out;
};
