import type { BatchChoice } from "./batch-choice.ts";

/** How the chains of one posterior are run. */
export interface CellSettings {
  readonly seed: number;
  readonly nBeta: number;
  readonly gamma: number;
  /** One start for each chain, as parameters. */
  readonly starts: readonly Float64Array[];
  /** Steps in which the first chain learns its step size and scales; the others take them over. */
  readonly burnIn: number;
  /** Time of a leapfrog step in the frame, where the stable bound is 2; found in the burn-in when absent. */
  readonly stepSize?: number;
  /** All samples at every step when absent. */
  readonly batches?: BatchChoice;
}
