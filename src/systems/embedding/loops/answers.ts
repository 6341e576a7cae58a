import type { i32 } from "../../../numerics/in-blocks.ts";

/*
 * In the part of the language that scripts/loops-to-c.mjs prints as C, so that native code has the same operations in the same order.
 */

/**
 * The label whose target is nearest to row `row` of `y` ([rows, outputs]), the first of several: that with the largest |y|^2 - |y - Y|^2. `columns` are twice the
 * targets, [outputs, labels], `squares` their squared lengths; `scores` has an entry for each label.
 */
export const nearestLabel = (
  y: Float64Array,
  columns: Float64Array,
  squares: Float64Array,
  scores: Float64Array,
  row: i32,
  outputs: i32,
  labels: i32,
): number => {
  // All labels side by side: the inner loop has no sum to wait for.
  for (let label = 0; label < labels; label++) scores[label] = -squares[label];
  for (let k = 0; k < outputs; k++) {
    const value = y[row * outputs + k];
    const at: i32 = k * labels;
    for (let label = 0; label < labels; label++) scores[label] += value * columns[at + label];
  }
  let best: i32 = 0;
  for (let label = 1; label < labels; label++) if (scores[label] > scores[best]) best = label;
  return best;
};

/** How many of the rows `from` to `to - 1` have their answers' labels; less than a share `level` as soon as it is clear that they have less. */
export const rightRows = (
  y: Float64Array,
  columns: Float64Array,
  squares: Float64Array,
  scores: Float64Array,
  answers: Int32Array,
  from: i32,
  to: i32,
  outputs: i32,
  labels: i32,
  level: number,
): number => {
  let most = to - from;
  for (let row = from; row < to && most / (to - from) >= level; row++)
    if (nearestLabel(y, columns, squares, scores, row, outputs, labels) !== answers[row]) most--;
  return most;
};
