import type { SampledObjective } from "../../src/contracts/objective.ts";

const SAMPLES = 400;
export const BATCH = 10;

/**
 * L = 1/2 sum h_i w_i^2, of which sample s sees h_i w_i + shift_is as its gradient, shifts of mean 0. Batches of BATCH then give nBeta times the
 * gradient the variance `noise` in every direction.
 */
export const noisyQuadratic = (curvatures: readonly number[], nBeta: number, noise: number): SampledObjective => {
  const size = curvatures.length;
  // Half of the samples push one way, half the other; a mean of BATCH without replacement has variance push^2 / BATCH times
  // (SAMPLES - BATCH) / (SAMPLES - 1).
  const push = Math.sqrt((noise * BATCH * (SAMPLES - 1)) / (SAMPLES - BATCH)) / nBeta;
  // Each parameter divides the samples into halves of its own, by a bit of the sample's number.
  const shifts = Float64Array.from({ length: SAMPLES * size }, (_, k) =>
    (Math.floor(k / size) >> (k % size)) & 1 ? push : -push,
  );
  const loss = (w: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += 0.5 * curvatures[i] * w[i] * w[i];
    return sum;
  };
  return {
    parameters: [{ name: "w", shape: [size], offset: 0 }],
    size,
    samples: SAMPLES,
    loss,
    lossAndGradient(w, gradient) {
      for (let i = 0; i < size; i++) gradient[i] = curvatures[i] * w[i];
      return loss(w);
    },
    batchLossAndGradient(w, gradient, order, from, to) {
      let value = loss(w);
      for (let i = 0; i < size; i++) {
        let sum = 0;
        for (let k = from; k < to; k++) sum += shifts[order[k] * size + i];
        gradient[i] = curvatures[i] * w[i] + sum / (to - from);
        value += (w[i] * sum) / (to - from);
      }
      return value;
    },
  };
};
