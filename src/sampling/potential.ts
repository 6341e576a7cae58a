import type { Objective } from "../contracts/objective.ts";
import { normalPrior } from "./prior.ts";
import { type Potential, posterior, type Target } from "./target.ts";

export interface PosteriorSettings {
  /** Data size times inverse temperature; the loss is a mean. */
  readonly nBeta: number;
  /** Standard deviation of the Gaussian prior around the origin, the same for every parameter. */
  readonly priorStd: number;
}

/** U(w) = nBeta L(w) + |w|^2 / (2 priorStd^2). */
export const posteriorPotential = (objective: Objective, { nBeta, priorStd }: PosteriorSettings): Target =>
  posterior({ objective, nBeta, prior: normalPrior({ priorStd, size: objective.size }) });

/** A density exp(-U) as a target: its loss is U, at nBeta 1. U is Infinity where the density is 0, and never NaN. */
export const potentialTarget = (potential: Potential): Target => {
  const { size } = potential;
  const unused = new Float64Array(size);
  return posterior({
    objective: {
      parameters: [{ name: "w", shape: [size], offset: 0 }],
      size,
      loss: w => potential.valueAndGradient(w, unused),
      lossAndGradient: (w, gradient) => potential.valueAndGradient(w, gradient),
    },
    nBeta: 1,
  });
};
