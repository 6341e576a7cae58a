import type { BatchChoice } from "./batch-choice.ts";

/** The time of a leapfrog step, and the scales of the coordinates of the frame. */
export interface Learnt {
  readonly time: number;
  readonly scale: Float64Array;
}

/** How the chains of one posterior are run. */
export interface CellSettings {
  readonly seed: number;
  readonly nBeta: number;
  readonly gamma: number;
  /** One start for each chain, as parameters. */
  readonly starts: readonly Float64Array[];
  /** Steps in which a chain learns its step size and scales. */
  readonly burnIn: number;
  /** Time of a leapfrog step in the frame, where the stable bound is 2; found in the burn-in when absent. */
  readonly stepSize?: number;
  /** For each chain, what one of a posterior much like this has learnt, to begin from. */
  readonly learnt?: readonly Learnt[];
  /** Tells apart the random numbers of cells that are alike in everything else. */
  readonly stage?: string;
  /** All samples at every step when absent. */
  readonly batches?: BatchChoice;
}
