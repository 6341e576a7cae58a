import { countAbove } from "../../numerics/count-above.ts";
import { GENERALISED } from "../../transitions/milestones.ts";
import { type Dimensions, weightsOf } from "./model/layout.ts";

/** Share of the largest neuron strength below which a neuron counts as inactive. */
const ACTIVE = 0.01;

/** sqrt(|A_k|^2 + |B_k|^2) |C_k| of each neuron. */
export const neuronStrengths = (w: Float64Array, { p, K }: Dimensions): Float64Array => {
  const { A, B, C } = weightsOf(w, { p, K });
  return Float64Array.from({ length: K }, (_, k) => {
    let [first, second] = [0, 0];
    for (let i = k * p; i < (k + 1) * p; i++) {
      first += A[i] * A[i] + B[i] * B[i];
      second += C[i] * C[i];
    }
    return Math.sqrt(first) * Math.sqrt(second);
  });
};

export const activeNeurons = (strengths: Float64Array): number => countAbove(strengths, ACTIVE);

/** Squared norms of A, B and C. */
export const squaredNorms = (w: Float64Array, dimensions: Dimensions): [number, number, number] => {
  const { A, B, C } = weightsOf(w, dimensions);
  const norm = (rows: Float64Array): number => rows.reduce((sum, value) => sum + value * value, 0);
  return [norm(A), norm(B), norm(C)];
};

/** Norms below this are zero. */
const GONE = 0.01;
/** Networks whose rows vary less are constant. */
const CONSTANT = 1e-3;

/**
 * What is left of the table: zero, constant (the same output for every answer), memorised, generalised, or partly learned. Without test
 * pairs the table is generalised once it is known.
 */
export const learnedPhase = (state: {
  readonly norm: number;
  readonly varying: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
}): string => {
  const { norm, varying, trainAccuracy, testAccuracy } = state;
  if (norm < GONE) return "zero";
  if (varying < CONSTANT) return "constant";
  return accuracyPhase(trainAccuracy, testAccuracy);
};

/** What is known of the table by the accuracies alone. */
export const accuracyPhase = (trainAccuracy: number, testAccuracy: number): string => {
  if (trainAccuracy < GENERALISED) return "partly learned";
  return testAccuracy < GENERALISED ? "memorised" : "generalised";
};
