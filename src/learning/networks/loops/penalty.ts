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

/** The same with the decay of each layer, from nothing: `shape` is D, d_0, ..., d_D, and constants[l] the decay of W_l, or of U behind the last. */
export const decayOfLayers = (
  w: Float64Array,
  gradient: Float64Array,
  shape: Int32Array,
  constants: Float64Array,
): number => {
  const D: i32 = shape[0];
  let penalty = 0;
  let from: i32 = 0;
  for (let l = 1; l <= D + 1; l++) {
    const to: i32 = l <= D ? from + shape[l] * shape[l + 1] : from + shape[l];
    penalty = withDecay(w, gradient, from, to, constants[l], penalty);
    from = to;
  }
  return penalty;
};
