import type { Objective } from "../contracts/objective.ts";

/** Minus the log density of what is sampled, up to a constant. Overwrites `gradient` and returns the value. */
export interface Potential {
  readonly size: number;
  valueAndGradient(w: Float64Array, gradient: Float64Array): number;
}

export interface PosteriorSettings {
  /** Data size times inverse temperature; the loss is a mean. */
  readonly nBeta: number;
  /** Standard deviation of the Gaussian prior around the origin, the same for every parameter. */
  readonly priorStd: number;
}

/** U(w) = nBeta L(w) + |w|^2 / (2 priorStd^2). */
export const posteriorPotential = (objective: Objective, { nBeta, priorStd }: PosteriorSettings): Potential => {
  const precision = 1 / (priorStd * priorStd);
  return {
    size: objective.size,
    valueAndGradient(w, gradient) {
      let value = nBeta * objective.lossAndGradient(w, gradient);
      for (let i = 0; i < w.length; i++) {
        gradient[i] = nBeta * gradient[i] + precision * w[i];
        value += 0.5 * precision * w[i] * w[i];
      }
      return value;
    },
  };
};
