import { descentStep, heavyBallStep } from "../../../learning/loops/steps.ts";
import type { i32 } from "../../../numerics/in-blocks.ts";

/*
 * In the part of the language that scripts/loops-to-c.mjs prints as C, so that native code has the same operations in the same order.
 */

/** Loss and gradient of two hidden dimensions on the samples order[from..to-1], as `batchLossAndGradient` says. */
export const planarBatch = (
  w: Float64Array,
  gradient: Float64Array,
  feature: Int32Array,
  amplitude: Float64Array,
  order: Int32Array,
  from: i32,
  to: i32,
  c: i32,
): number => {
  for (let k = 0; k < 3 * c; k++) gradient[k] = 0;
  let losses = 0;
  for (let k = from; k < to; k++) {
    const j: i32 = feature[order[k]];
    const t = amplitude[order[k]];
    const x = w[j];
    const y = w[c + j];
    let loss = 0;
    let backX = 0;
    let backY = 0;
    for (let i = 0; i < c; i++) {
      const wx = w[i];
      const wy = w[c + i];
      const z = t * (wx * x + wy * y) + w[2 * c + i];
      if (z <= 0) {
        if (i === j) loss += t * t;
        continue;
      }
      const residual = i === j ? z - t : z;
      loss += residual * residual;
      gradient[2 * c + i] += residual;
      const d = t * residual;
      gradient[i] += d * x;
      gradient[c + i] += d * y;
      backX += d * wx;
      backY += d * wy;
    }
    gradient[j] += backX;
    gradient[c + j] += backY;
    losses += loss;
  }
  // The factor 2 of every D_i, and the mean.
  const scale = 2 / (to - from);
  for (let k = 0; k < 3 * c; k++) gradient[k] *= scale;
  return losses / (to - from);
};

/** Steps with momentum or without, `batch` samples of order[from..to-1] each: how many were made before one whose loss is not finite. */
export const planarSteps = (
  w: Float64Array,
  gradient: Float64Array,
  velocity: Float64Array,
  feature: Int32Array,
  amplitude: Float64Array,
  order: Int32Array,
  from: i32,
  to: i32,
  batch: i32,
  c: i32,
  stepSize: number,
  hasMomentum: i32,
  momentum: number,
  isNesterov: i32,
  l2: number,
): number => {
  let made = 0;
  for (let k = from; k < to; k += batch) {
    const end: i32 = Math.min(to, k + batch);
    const loss = planarBatch(w, gradient, feature, amplitude, order, k, end, c);
    if (loss - loss !== 0) return made;
    if (hasMomentum === 1) heavyBallStep(w, gradient, velocity, 3 * c, stepSize, momentum, isNesterov, l2);
    else descentStep(w, gradient, 3 * c, stepSize, l2);
    made++;
  }
  return made;
};
