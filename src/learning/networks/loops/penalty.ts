import type { i32 } from "../../../numerics/in-blocks.ts";

/*
 * In the part of the language that scripts/loops-to-c.mjs prints as C, so that native code has the same operations in the same order.
 */

/** Adds gamma |w|^2 of some entries to what is already there, and its gradient to theirs. */
export const withDecay = (
  w: Float64Array,
  gradient: Float64Array,
  from: i32,
  to: i32,
  gamma: number,
  before: number,
): number => {
  let penalty = before;
  for (let i = from; i < to; i++) {
    penalty += gamma * w[i] * w[i];
    gradient[i] += 2 * gamma * w[i];
  }
  return penalty;
};
