import type { Objective } from "../contracts/objective.ts";

/**
 * Unadjusted Langevin step on exp(-nBeta L(w) - (gamma/2) |w - centre|^2):
 * w <- w - (stepSize/2) (nBeta grad L(w) + gamma (w - centre)) + sqrt(stepSize) noise.  [Welling & Teh 2011]
 */
export interface LangevinSettings {
  /** Squared length scale of a step, in squared parameter units. */
  readonly stepSize: number;
  /** Data size times inverse temperature; the loss is a mean. */
  readonly nBeta: number;
  /** Strength of the pull towards `centre`; 0 for none. */
  readonly gamma: number;
  readonly centre: Float64Array;
}

/** Moves `w` in place by one step with the given standard normal `noise`; returns the loss at the point it left. */
export const langevinStep = (
  objective: Objective,
  { stepSize, nBeta, gamma, centre }: LangevinSettings,
  w: Float64Array,
  noise: Float64Array,
  gradient: Float64Array,
): number => {
  const loss = objective.lossAndGradient(w, gradient);
  const scale = Math.sqrt(stepSize);
  for (let i = 0; i < w.length; i++)
    w[i] += scale * noise[i] - 0.5 * stepSize * (nBeta * gradient[i] + gamma * (w[i] - centre[i]));
  return loss;
};
