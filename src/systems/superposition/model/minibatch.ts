import type { SampledObjective } from "../../../contracts/objective.ts";
import { invalid } from "../../../errors.ts";
import { fastest } from "../../../numerics/native-loops.ts";
import { planarBatch, planarSteps } from "../loops/minibatch.ts";
import type { Dataset } from "./dataset.ts";
import { type Dimensions, sizeOf } from "./layout.ts";

export type BatchLossAndGradient = (
  w: Float64Array,
  gradient: Float64Array,
  order: Int32Array,
  from: number,
  to: number,
) => number;

/**
 * Loss and gradient on some samples, one after the other in their order, in O(c r) each. A sample (t, j) makes
 * z_i = t A_ij + b_i and D_i = 2 (z_i - t delta_ij) where z_i > 0, and adds
 *
 *     D_i to b_i,   t D_i W_j to W_i,   t sum_i D_i W_i to W_j.
 *
 * z_i is rounded as in the loss over all samples, so that both agree on who answers.
 */
export const batchLossAndGradient = ({ feature, amplitude }: Dataset, { c, r }: Dimensions): BatchLossAndGradient => {
  const bias = r * c;
  const size = sizeOf({ c, r });
  const back = new Float64Array(r);

  const add = (w: Float64Array, gradient: Float64Array, j: number, t: number): number => {
    back.fill(0);
    let loss = 0;
    for (let i = 0; i < c; i++) {
      let a = w[i] * w[j];
      for (let row = c; row < bias; row += c) a += w[row + i] * w[row + j];
      const z = t * a + w[bias + i];
      if (z <= 0) {
        if (i === j) loss += t * t;
        continue;
      }
      const residual = i === j ? z - t : z;
      loss += residual * residual;
      gradient[bias + i] += residual;
      const d = t * residual;
      for (let alpha = 0, row = 0; alpha < r; alpha++, row += c) {
        gradient[row + i] += d * w[row + j];
        back[alpha] += d * w[row + i];
      }
    }
    for (let alpha = 0; alpha < r; alpha++) gradient[alpha * c + j] += back[alpha];
    return loss;
  };

  return (w, gradient, order, from, to) => {
    if (!(from >= 0 && from < to && to <= order.length))
      throw invalid("to", to, `a batch order[from..to-1] inside its ${order.length} entries, with from = ${from}`);
    // The usual case.
    if (r === 2) return planarBatch(w, gradient, feature, amplitude, order, from, to, c);
    for (let k = 0; k < size; k++) gradient[k] = 0;
    let loss = 0;
    for (let k = from; k < to; k++) {
      const m = order[k];
      loss += add(w, gradient, feature[m], amplitude[m]);
    }
    // The factor 2 of every D_i, and the mean.
    const scale = 2 / (to - from);
    for (let k = 0; k < size; k++) gradient[k] *= scale;
    return loss / (to - from);
  };
};

/** Nanoseconds of a sample and of a step's beginning and end. */
const [SAMPLE_TIME, STEP_TIME] = [50, 100];

/** Steps in two hidden dimensions, many at once; undefined in others. */
export const batchSteps = ({ feature, amplitude }: Dataset, { c, r }: Dimensions): SampledObjective["batchSteps"] => {
  if (r !== 2) return undefined;
  return (w, gradient, velocity, order, { from, to, batch }, { stepSize, momentum, nesterov, l2 }) => {
    const time = SAMPLE_TIME * (to - from) + (STEP_TIME * (to - from)) / batch;
    const make = fastest("planarSteps", planarSteps, time);
    return make(
      ...([w, gradient, velocity, feature, amplitude, order, from, to, batch, c] as const),
      ...([stepSize, momentum === null ? 0 : 1, momentum ?? 0, nesterov ? 1 : 0, l2] as const),
    );
  };
};
