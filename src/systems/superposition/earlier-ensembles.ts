import type { EarlierEnsemble } from "../../protocols/earlier-ensemble.ts";

/**
 * Counts of earlier, independent ensembles, which claims and figures hold new ones against. The training runs are of
 * 4500 epochs with minibatches of 20 from 1000 samples at step size 0.005; the descents of 30 000 heavy-ball steps.
 */

/** Training by its scheme. */
export const earlierSchemes = {
  A: { size: 150, counts: { "4": 45, "4+": 39, "4++": 32, "5": 24, "5+": 7, "6": 0, "in transit": 3 } },
  R: { size: 90, counts: { "3": 3, "4": 28, "4+": 5, "4++": 2, "5": 29, "5+": 14, "6": 1, "in transit": 8 } },
} as const satisfies { readonly [scheme: string]: EarlierEnsemble };

/** Descents from random starts by c. */
export const earlierCensus = {
  5: { size: 300, counts: { "0": 3, "1": 33, "2": 80, "3": 114, "4": 54, "4+": 7, "5": 9 } },
  6: {
    size: 300,
    counts: { "1": 18, "2": 69, "3": 100, "4": 76, "4+": 8, "5": 23, "5+": 4, "6": 0, "in transit": 2 },
  },
} as const satisfies { readonly [c: number]: EarlierEnsemble };

/** Transitions between plateaus in 90 runs of scheme B. */
export const earlierTransitions: EarlierEnsemble = {
  size: 90,
  counts: {
    "3+ to 4": 10,
    "3++ to 4++": 3,
    "4+ to 5": 3,
    "2+ to 3": 3,
    "1+ to 2": 2,
    "3++ to 4+": 1,
    "3+ to 5": 1,
    "3+ to 4+": 1,
  },
};
