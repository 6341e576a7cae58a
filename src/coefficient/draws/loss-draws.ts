/** Losses along chains of a sampler around a point w*, however they were made. */
export interface LossDraws {
  /** L(w) by chain and draw, a mean over whatever it was computed on. Draws that were never made are NaN. */
  readonly chains: readonly Float64Array[];
  /** n times the inverse temperature of the sampler: what the loss was multiplied by. */
  readonly nBeta: number;
  /** L(w*). */
  readonly baseline: number;
  /** Its standard error, as one of a few minibatches has; 0 when absent. */
  readonly baselineError?: number;
  /** Steps of the sampler from one draw to the next, where these are of Langevin dynamics that accept everything: their step size makes a bias. */
  readonly unadjustedSteps?: number;
}

export type LossSign =
  | "finite"
  | "moving"
  | "copies"
  | "burn-in"
  | "drift"
  | "spikes"
  | "agreement"
  | "effective draws"
  | "signal"
  | "step size";
