import type { Undefined } from "./diagnostic.ts";

/**
 * Draws with what several diagnostics need of them, each made once, when it is first asked for: a summary sorts once where each of its numbers would sort
 * for itself. The draws must not change meanwhile.
 */
export interface Prepared {
  /** Why nothing can be said of the draws, as `whyUndefined` of chains says. */
  whyUndefined(least?: number): Undefined | undefined;
  mean(): number;
  sd(): number;
  /** Of the draws around their mean, with the number of draws as the divisor. */
  moments(): Moments;
  /** The pooled draws in ascending order. */
  sorted(): Float64Array;
  quantile(p: number): number;
  /** Of the split chains of draws, of their normal scores, or of their distances from the mean. What was given before is no longer valid. */
  covariances(of: "draws" | "scores" | "distances"): Covariances;
  /** Of zeros and ones: which draws are at most the bound. */
  covariancesAtMost(bound: number): Covariances;
  /** Of the normal scores of the split chains. */
  scoreSpread(): Spread;
  /** Of the normal scores of the distances from the median of the split chains, or why they have none. */
  foldedSpread(): Spread | Undefined;
}

export interface Moments {
  readonly second: number;
  readonly fourth: number;
}

/** Series of n numbers: their means, and the mean of their autocovariances at a lag. */
export interface Covariances {
  readonly n: number;
  readonly means: readonly number[];
  at(lag: number): number;
}

/** Series of n numbers: the mean and the unbiased variance of each. */
export interface Spread {
  readonly n: number;
  readonly means: readonly number[];
  readonly variances: readonly number[];
}
