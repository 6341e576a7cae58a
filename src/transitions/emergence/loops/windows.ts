import { BLOCK, type i32 } from "../../../numerics/in-blocks.ts";

/*
 * In the part of the language that scripts/loops-to-c.mjs prints as C, so that native code has the same operations in the same order.
 */

/**
 * Overwrites `variance` and `ar1` by those of `values` in `count` windows of `window` points, from the first on by one point each, less mean and linear trend. Windows go
 * side by side, which leaves the sums of each in their order. `spread` is the sum of squared distances from a window's centre; `space` has 6 BLOCK entries.
 */
export const windowMoments = (
  values: Float64Array,
  variance: Float64Array,
  ar1: Float64Array,
  space: Float64Array,
  count: i32,
  window: i32,
  spread: number,
): number => {
  const centre = (window - 1) / 2;
  const slopes: i32 = BLOCK;
  const squares: i32 = 2 * BLOCK;
  const products: i32 = 3 * BLOCK;
  const before: i32 = 4 * BLOCK;
  const levels: i32 = 5 * BLOCK;
  for (let from = 0; from < count; from += BLOCK) {
    const size: i32 = Math.min(count - from, BLOCK);
    for (let s = 0; s < levels; s++) space[s] = 0;
    for (let i = 0; i < window; i++) {
      const at: i32 = from + i;
      for (let s = 0; s < size; s++) space[s] += values[at + s];
    }
    for (let s = 0; s < size; s++) space[levels + s] = space[s] / window;
    for (let i = 0; i < window; i++) {
      const at: i32 = from + i;
      const lever = i - centre;
      for (let s = 0; s < size; s++) space[slopes + s] += lever * (values[at + s] - space[levels + s]);
    }
    for (let s = 0; s < size; s++) space[slopes + s] = space[slopes + s] / spread;
    for (let i = 0; i < window; i++) {
      const at: i32 = from + i;
      const lever = i - centre;
      for (let s = 0; s < size; s++) {
        const rest = values[at + s] - space[levels + s] - space[slopes + s] * lever;
        space[squares + s] += rest * rest;
        // Before the first point there is nothing: its product is nought.
        space[products + s] += rest * space[before + s];
        space[before + s] = rest;
      }
    }
    for (let s = 0; s < size; s++) {
      variance[from + s] = space[squares + s] / (window - 2);
      ar1[from + s] = space[squares + s] > 0 ? space[products + s] / space[squares + s] : 0;
    }
  }
  return 0;
};
