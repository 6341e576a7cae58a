import type { i32 } from "../../../numerics/in-blocks.ts";
import { follow } from "../../../numerics/ode/loops/follow.ts";

/*
 * In the part of the language that scripts/loops-to-c.mjs prints as C, so that native code has the same operations in the same order.
 */

/** The slope of the state (h, y, w) as `Slope` says, with the constants of `constantsOf`; the last four are factors of terms. */
export const twoPointSlope = (
  state: Float64Array,
  out: Float64Array,
  from: i32,
  to: i32,
  constants: Float64Array,
): number => {
  const dx2 = constants[0];
  const dy2 = constants[1];
  const etaH = constants[2];
  const etaY = constants[3];
  const dh = constants[4];
  const dy = constants[5];
  const lastTermOfDw = constants[6];
  const yOverH = constants[7];
  const h = state[from];
  const y = state[from + 1];
  const w = state[from + 2];
  out[to] = -dh * etaH * dx2 * w;
  out[to + 1] = -dy * w * (etaY * h + (yOverH * etaH * dx2 * y) / h);
  out[to + 2] = -0.5 * etaY * h * (3 * w - y + dy2) - (lastTermOfDw * 0.5 * etaH * dx2 * (y + w) * w) / h;
  return 0;
};

/** The two-point equations as `follow` goes along them. */
export const followTwoPoint = (
  constants: Float64Array,
  times: Float64Array,
  states: Float64Array,
  tableau: Float64Array,
  space: Float64Array,
  count: i32,
  most: i32,
  order: number,
  tolerance: number,
): number => follow(twoPointSlope, constants, times, states, tableau, space, 3, count, most, order, tolerance);
