import type { i32 } from "../in-blocks.ts";

/*
 * In the part of the language that scripts/loops-to-c.mjs prints as C, so that native code has the same operations in the same order.
 */

/** Makes `column` of a simplex tableau (`height` rows of `stride` entries) and of its costs a unit vector with the 1 in `row`. */
export const pivotTableau = (
  tableau: Float64Array,
  cost: Float64Array,
  stride: i32,
  height: i32,
  row: i32,
  column: i32,
): number => {
  const own: i32 = row * stride;
  const scale = tableau[own + column];
  for (let j = 0; j < stride; j++) tableau[own + j] = tableau[own + j] / scale;
  for (let r = 0; r < height; r++) {
    const at: i32 = r * stride;
    const factor = tableau[at + column];
    if (r === row || factor === 0) continue;
    for (let j = 0; j < stride; j++) tableau[at + j] -= factor * tableau[own + j];
  }
  const price = cost[column];
  for (let j = 0; j < stride; j++) cost[j] -= price * tableau[own + j];
  return 0;
};
