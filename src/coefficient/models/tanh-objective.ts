import type { Objective, SampledObjective } from "../../contracts/objective.ts";
import { tanh } from "../../numerics/elementary.ts";
import { checkBatch } from "./check-batch.ts";
import { drawResiduals, meanSquare } from "./design.ts";
import { SAMPLES } from "./exact-model.ts";
import { consecutive } from "./matrix-map.ts";
import { samplesAlike } from "./regression.ts";

/** Inputs, each of SAMPLES / INPUTS samples: x_j = j/10. More than any number of units, which is all that K needs. */
const INPUTS = 20;

/**
 * Squared error of f(x) = sum_k a_k tanh(b_k x) against a true function that is zero; the parameters are a_1..a_H, then
 * b_1..b_H. Over 20 inputs that stand for 500 samples each, L(w) = mean_j f(x_j)^2 + c. With residuals, sample 2k + 0 or 1
 * has input k mod 20 and target plus or minus residual k, which leaves L unchanged but for c, the mean of residual^2.
 *
 * f(x_j) = sum_m c_m M_m(a, b) x_j^(2m+1) with M_m = sum_k a_k b_k^(2m+1), and M_m for m >= H lies in the ideal of those
 * below. So H or more different inputs generate near w = 0 the same ideal as all inputs do, and lambda is that of the
 * population.
 */
export const tanhObjective = (hidden: number, residualsFor?: string): SampledObjective => {
  const { parameters, size } = consecutive([
    ["a", hidden],
    ["b", hidden],
  ]);
  const pairs = SAMPLES / 2;
  const residuals = new Float64Array(pairs);
  if (residualsFor !== undefined) drawResiduals(residualsFor, residuals);
  const constant = meanSquare(residuals, pairs);
  const responses = new Float64Array(hidden);

  /** Adds scale x (f(x_j) - target)^2 and its gradient. */
  const add = (w: Float64Array, gradient: Float64Array, j: number, target: number, scale: number): number => {
    const x = (j + 1) / 10;
    let error = -target;
    for (let k = 0; k < hidden; k++) {
      responses[k] = tanh(w[hidden + k] * x);
      error += w[k] * responses[k];
    }
    const slope = 2 * scale * error;
    for (let k = 0; k < hidden; k++) {
      gradient[k] += slope * responses[k];
      gradient[hidden + k] += slope * w[k] * x * (1 - responses[k] * responses[k]);
    }
    return scale * error * error;
  };
  const unused = new Float64Array(size);
  const whole: Objective = {
    parameters,
    size,
    loss: w => whole.lossAndGradient(w, unused),
    lossAndGradient(w, gradient) {
      gradient.fill(0);
      let loss = constant;
      for (let j = 0; j < INPUTS; j++) loss += add(w, gradient, j, 0, 1 / INPUTS);
      return loss;
    },
  };
  if (residualsFor === undefined) return samplesAlike(whole);

  return {
    ...whole,
    samples: SAMPLES,
    batchLossAndGradient(w, gradient, order, from, to) {
      checkBatch(order, from, to);
      gradient.fill(0);
      let loss = 0;
      for (let i = from; i < to; i++) {
        const pair = order[i] >> 1;
        const target = (order[i] & 1) === 0 ? residuals[pair] : -residuals[pair];
        loss += add(w, gradient, pair % INPUTS, target, 1 / (to - from));
      }
      return loss;
    },
  };
};
