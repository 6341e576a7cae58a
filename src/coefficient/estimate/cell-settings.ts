import type { BatchChoice } from "./batch-choice.ts";
import type { ValleyFloor } from "./valley-floor.ts";

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
  /** Parameters that curvature holds follow the floor of their valley in moves and control variates; they do not when absent. */
  readonly floor?: ValleyFloor;
  /** How much of the loss parameters share, size x size: scales are exchanged between those that share much; any two when absent. */
  readonly coupling?: Float64Array;
  /** All samples at every step when absent. */
  readonly batches?: BatchChoice;
}
