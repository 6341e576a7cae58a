import type { i32 } from "../../numerics/in-blocks.ts";

/*
 * In the part of the language that scripts/loops-to-c.mjs prints as C, so that native code has the same operations in the same order.
 */

/** A step of `gradientDescent` on `size` parameters. */
export const descentStep = (
  w: Float64Array,
  gradient: Float64Array,
  size: i32,
  stepSize: number,
  l2: number,
): number => {
  for (let i = 0; i < size; i++) w[i] -= stepSize * (l2 === 0 ? gradient[i] : gradient[i] + l2 * w[i]);
  return 0;
};

/** A step of `heavyBall`. */
export const heavyBallStep = (
  w: Float64Array,
  gradient: Float64Array,
  velocity: Float64Array,
  size: i32,
  stepSize: number,
  momentum: number,
  isNesterov: i32,
  l2: number,
): number => {
  for (let i = 0; i < size; i++) {
    const g = l2 === 0 ? gradient[i] : gradient[i] + l2 * w[i];
    const v = momentum * velocity[i] + g;
    velocity[i] = v;
    w[i] -= stepSize * (isNesterov === 1 ? g + momentum * v : v);
  }
  return 0;
};
