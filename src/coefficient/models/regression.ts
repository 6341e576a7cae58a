import type { Objective, SampledObjective } from "../../contracts/objective.ts";
import { checkBatch } from "./check-batch.ts";
import { type Design, meanSquare, secondMoment } from "./design.ts";
import { SAMPLES } from "./exact-model.ts";
import type { MatrixMap } from "./matrix-map.ts";

/**
 * Squared error of the regression of y on G(w) x with truth G* = G(w*), the unhalved sum over outputs, through second
 * moments, so that an evaluation costs the same for any number of samples:
 *
 *     L(w) = tr D S D^T + c,   D = G(w) - G*,   dL/dG = 2 D S.
 *
 * With a design S is the mean of x x^T, c the mean of |residual|^2, and a sample has |D x - residual|^2. Without one the
 * inputs are white (S = I) and c = 0: L is K, and each sample has the loss of all.
 */
export const regression = (map: MatrixMap, point: Float64Array, design?: Design): SampledObjective => {
  const { inputs, outputs, size, parameters } = map;
  const entries = inputs * outputs;
  const truth = new Float64Array(entries);
  map.evaluate(point, truth);
  const difference = new Float64Array(entries);
  const slope = new Float64Array(entries);
  const moment = design && secondMoment(design, inputs);
  const constant = design ? meanSquare(design.residuals, design.pairs) : 0;

  const evaluateDifference = (w: Float64Array): void => {
    map.evaluate(w, difference);
    for (let i = 0; i < entries; i++) difference[i] -= truth[i];
  };
  /** Writes 2 D S into `slope` and returns the loss. */
  const lossAndSlope = (w: Float64Array): number => {
    evaluateDifference(w);
    let loss = 0;
    for (let row = 0; row < entries; row += inputs)
      for (let j = 0; j < inputs; j++) {
        let weighted = difference[row + j];
        if (moment) {
          weighted = 0;
          for (let k = 0; k < inputs; k++) weighted += difference[row + k] * moment[k * inputs + j];
        }
        slope[row + j] = 2 * weighted;
        loss += weighted * difference[row + j];
      }
    return loss + constant;
  };
  const whole: Objective = {
    parameters,
    size,
    loss: lossAndSlope,
    lossAndGradient(w, gradient) {
      const loss = lossAndSlope(w);
      map.pullBack(w, slope, gradient);
      return loss;
    },
  };
  if (!design) return samplesAlike(whole);

  return {
    ...whole,
    samples: 2 * design.pairs,
    batchLossAndGradient(w, gradient, order, from, to) {
      checkBatch(order, from, to);
      evaluateDifference(w);
      slope.fill(0);
      const scale = 1 / (to - from);
      let loss = 0;
      for (let k = from; k < to; k++) {
        const sample = order[k];
        const pair = sample >> 1;
        const sign = (sample & 1) === 0 ? -1 : 1;
        for (let i = 0; i < outputs; i++) {
          let error = sign * design.residuals[pair * outputs + i];
          for (let j = 0; j < inputs; j++) error += difference[i * inputs + j] * design.inputs[pair * inputs + j];
          loss += error * error;
          const step = 2 * scale * error;
          for (let j = 0; j < inputs; j++) slope[i * inputs + j] += step * design.inputs[pair * inputs + j];
        }
      }
      map.pullBack(w, slope, gradient);
      return loss * scale;
    },
  };
};

/** An objective as a mean over samples that all have its loss. */
export const samplesAlike = (objective: Objective): SampledObjective => ({
  ...objective,
  samples: SAMPLES,
  closedForm: true,
  alike: true,
  batchLossAndGradient(w, gradient, order, from, to) {
    checkBatch(order, from, to);
    return objective.lossAndGradient(w, gradient);
  },
});
