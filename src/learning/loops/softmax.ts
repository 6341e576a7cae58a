import { BLOCK, exps, type i32, logs } from "../../numerics/in-blocks.ts";

/*
 * In the part of the language that scripts/loops-to-c.mjs prints as C, so that native code has the same operations in the same order.
 */

/**
 * Mean cross-entropy of scores that are linear in (x, y, 1), and its gradient; `w` and `gradient` hold three numbers for each of K classes.
 * `scores` has K x BLOCK entries, `sums` and `best` BLOCK.
 */
export const softmaxInPlane = (
  w: Float64Array,
  gradient: Float64Array,
  x: Float64Array,
  y: Float64Array,
  classes: Uint8Array,
  scores: Float64Array,
  sums: Float64Array,
  best: Float64Array,
  N: i32,
  K: i32,
): number => {
  for (let j = 0; j < 3 * K; j++) gradient[j] = 0;
  let loss = 0;
  for (let from = 0; from < N; from += BLOCK) {
    const count: i32 = N - from < BLOCK ? N - from : BLOCK;
    for (let s = 0; s < count; s++) best[s] = -Infinity;
    for (let k = 0; k < K; k++) {
      const at: i32 = k * BLOCK;
      for (let s = 0; s < count; s++) {
        const score = w[3 * k] * x[from + s] + w[3 * k + 1] * y[from + s] + w[3 * k + 2];
        scores[at + s] = score;
        best[s] = score > best[s] ? score : best[s];
      }
    }
    for (let s = 0; s < count; s++) sums[s] = scores[classes[from + s] * BLOCK + s] - best[s];
    for (let k = 0; k < K; k++) {
      const at: i32 = k * BLOCK;
      for (let s = 0; s < count; s++) scores[at + s] = scores[at + s] - best[s];
    }
    for (let k = 0; k < K; k++) exps(scores, k * BLOCK, count);
    for (let s = 0; s < count; s++) best[s] = 0;
    for (let k = 0; k < K; k++) {
      const at: i32 = k * BLOCK;
      for (let s = 0; s < count; s++) best[s] += scores[at + s];
    }
    for (let k = 0; k < K; k++) {
      const at: i32 = k * BLOCK;
      for (let s = 0; s < count; s++) scores[at + s] = scores[at + s] / best[s] - (k === classes[from + s] ? 1 : 0);
    }
    logs(best, 0, count);
    // Sums go sample by sample.
    for (let s = 0; s < count; s++) {
      loss -= sums[s];
      loss += best[s];
    }
    for (let k = 0; k < K; k++) {
      const at: i32 = k * BLOCK;
      let alongX = gradient[3 * k];
      let alongY = gradient[3 * k + 1];
      let alone = gradient[3 * k + 2];
      for (let s = 0; s < count; s++) {
        const off = scores[at + s];
        alongX += off * x[from + s];
        alongY += off * y[from + s];
        alone += off;
      }
      gradient[3 * k] = alongX;
      gradient[3 * k + 1] = alongY;
      gradient[3 * k + 2] = alone;
    }
  }
  for (let j = 0; j < 3 * K; j++) gradient[j] /= N;
  return loss / N;
};
