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

/** Overwrites `gradient`, returns the loss. `space` holds nothing between calls; `shape` and `constants` are the objective's own. */
export type LossAndGradient = (
  w: Float64Array,
  gradient: Float64Array,
  space: Float64Array,
  shape: Int32Array,
  constants: Float64Array,
) => number;

/** `count` steps on a whole loss, with momentum or without: how many were made before one whose loss is not finite. */
export const wholeSteps = (
  lossAndGradient: LossAndGradient,
  w: Float64Array,
  gradient: Float64Array,
  velocity: Float64Array,
  space: Float64Array,
  shape: Int32Array,
  constants: Float64Array,
  size: i32,
  count: i32,
  stepSize: number,
  hasMomentum: i32,
  momentum: number,
  isNesterov: i32,
  l2: number,
): number => {
  for (let step = 0; step < count; step++) {
    const loss = lossAndGradient(w, gradient, space, shape, constants);
    if (loss - loss !== 0) return step;
    if (hasMomentum === 1) heavyBallStep(w, gradient, velocity, size, stepSize, momentum, isNesterov, l2);
    else descentStep(w, gradient, size, stepSize, l2);
  }
  return count;
};
