import { BLOCK, exps, type i32, logs } from "../../numerics/in-blocks.ts";

/*
 * In the part of the language that scripts/loops-to-c.mjs prints as C, so that native code has the same operations in the same order.
 */

/**
 * The gradient of the summed cross-entropy of scores w_k . x over N samples of F features in K classes, and that sum where it is wanted, else 0. `w` and
 * `gradient` are K x F, `inputs` N x F, `columns` the same turned round. `scores` has K x BLOCK entries, `sums` and `best` BLOCK.
 */
export const softmaxSums = (
  w: Float64Array,
  gradient: Float64Array,
  inputs: Float64Array,
  columns: Float64Array,
  classes: Uint8Array,
  scores: Float64Array,
  sums: Float64Array,
  best: Float64Array,
  N: i32,
  F: i32,
  K: i32,
  isLossWanted: i32,
): number => {
  for (let j = 0; j < K * F; j++) gradient[j] = 0;
  let loss = 0;
  for (let from = 0; from < N; from += BLOCK) {
    const count: i32 = Math.min(N - from, BLOCK);
    for (let s = 0; s < count; s++) best[s] = -Infinity;
    for (let k = 0; k < K; k++) {
      const at: i32 = k * BLOCK;
      for (let s = 0; s < count; s++) scores[at + s] = 0;
      for (let j = 0; j < F; j++) {
        const weight = w[k * F + j];
        const column: i32 = j * N + from;
        for (let s = 0; s < count; s++) scores[at + s] += weight * columns[column + s];
      }
      for (let s = 0; s < count; s++) if (scores[at + s] > best[s]) best[s] = scores[at + s];
    }
    for (let k = 0; k < K; k++) {
      const at: i32 = k * BLOCK;
      for (let s = 0; s < count; s++) scores[at + s] -= best[s];
    }
    if (isLossWanted) for (let s = 0; s < count; s++) best[s] = scores[classes[from + s] * BLOCK + s];
    for (let s = 0; s < count; s++) sums[s] = 0;
    for (let k = 0; k < K; k++) {
      const at: i32 = k * BLOCK;
      exps(scores, at, count);
      for (let s = 0; s < count; s++) sums[s] += scores[at + s];
    }
    for (let k = 0; k < K; k++) {
      const at: i32 = k * BLOCK;
      for (let s = 0; s < count; s++) scores[at + s] = scores[at + s] / sums[s] - (k === classes[from + s] ? 1 : 0);
    }
    // Sums go sample by sample.
    for (let s = 0; s < count; s++) {
      const row: i32 = (from + s) * F;
      for (let k = 0; k < K; k++) {
        const off = scores[k * BLOCK + s];
        for (let j = 0; j < F; j++) gradient[k * F + j] += off * inputs[row + j];
      }
    }
    if (isLossWanted) {
      logs(sums, 0, count);
      for (let s = 0; s < count; s++) {
        loss -= best[s];
        loss += sums[s];
      }
    }
  }
  return loss;
};
