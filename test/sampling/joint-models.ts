import type { Objective } from "../../src/contracts/objective.ts";
import { exp, log } from "../../src/numerics/elementary.ts";
import type { Stream } from "../../src/numerics/stream.ts";

/**
 * A model whose data can be drawn: parameters from N(0, I), data given the parameters, and minus the mean log likelihood as the loss, so
 * that nBeta = samples gives the posterior.
 */
export interface JointModel {
  readonly size: number;
  readonly samples: number;
  /** Overwrites the data that the objective reads with a draw given `w`. */
  simulate(w: Float64Array, random: Stream): void;
  readonly objective: Objective;
}

const objectiveOf = (size: number, lossAndGradient: Objective["lossAndGradient"]): Objective => {
  const unused = new Float64Array(size);
  return {
    parameters: [{ name: "w", shape: [size], offset: 0 }],
    size,
    loss: w => lossAndGradient(w, unused),
    lossAndGradient,
  };
};

/** y_i ~ N(w, 1), five of them. */
export const normalMean = (): JointModel & { readonly y: Float64Array } => {
  const y = new Float64Array(5);
  return {
    size: 1,
    samples: 5,
    y,
    simulate(w, random) {
      for (let i = 0; i < 5; i++) y[i] = w[0] + random.normal();
    },
    objective: objectiveOf(1, (w, gradient) => {
      let [loss, slope] = [0, 0];
      for (const value of y) {
        loss += 0.5 * (value - w[0]) * (value - w[0]);
        slope += w[0] - value;
      }
      gradient[0] = slope / 5;
      return loss / 5;
    }),
  };
};

/** y_i ~ N(a + b x_i, 2) at x = 1, 2, 3, 4: intercept and slope pull against each other. */
export const line = (): JointModel => {
  const y = new Float64Array(4);
  return {
    size: 2,
    samples: 4,
    simulate(w, random) {
      for (let i = 0; i < 4; i++) y[i] = w[0] + w[1] * (i + 1) + 2 * random.normal();
    },
    objective: objectiveOf(2, (w, gradient) => {
      let loss = 0;
      gradient.fill(0);
      for (let i = 0; i < 4; i++) {
        const rest = w[0] + w[1] * (i + 1) - y[i];
        loss += (rest * rest) / 8 / 4;
        gradient[0] += rest / 4 / 4;
        gradient[1] += (rest * (i + 1)) / 4 / 4;
      }
      return loss;
    }),
  };
};

/** y_i exponential of rate e^w, two of them: a skewed posterior. */
export const logRate = (): JointModel => {
  const y = new Float64Array(2);
  return {
    size: 1,
    samples: 2,
    simulate(w, random) {
      for (let i = 0; i < 2; i++) y[i] = -log(1 - random.uniform()) / exp(w[0]);
    },
    objective: objectiveOf(1, (w, gradient) => {
      const rate = exp(w[0]);
      const mean = 0.5 * (y[0] + y[1]);
      gradient[0] = mean * rate - 1;
      return mean * rate - w[0];
    }),
  };
};
