import type { Dimensions } from "./layout.ts";
import type { Pairs } from "./pairs.ts";

/** What is fitted: one-hot answers, or any other targets, on a set of pairs. */
export interface Problem extends Dimensions {
  readonly pairs: Pairs;
  /** Subtracts from each output its mean residual over the pairs before squaring. */
  readonly centred: boolean;
  /** N x p, instead of one-hot answers. */
  readonly targets?: Float64Array;
}

/**
 * Loss (1/(2N)) sum_n |E_n|^2 over all pairs, and unless `gradient` is left out its gradient (length 3 p K, overwritten).
 */
export type Evaluate = (w: Float64Array, gradient?: Float64Array) => number;

/** How many multiply-adds a method needs for loss and gradient, those of its slow loops weighed by what they cost here. */
export type Cost = (dimensions: Dimensions, count: number) => number;
