import { normalQuantile } from "../normal-quantile.ts";
import { checkValues } from "./check-values.ts";
import { sortedQuantile } from "./quantile.ts";

export interface QuantileInterval {
  readonly estimate: number;
  /** Ends of the interval; infinite where there are too few values for one. */
  readonly low: number;
  readonly high: number;
}

/**
 * The p-quantile of independent values, with an interval between two of them that holds whatever their law: how many lie below the true
 * quantile is binomial. [Conover, Practical nonparametric statistics, section 3.2, in the normal approximation, ranks rounded outward]
 */
export const quantileInterval = (values: ArrayLike<number>, p: number, level = 0.95): QuantileInterval => {
  checkValues("values", values, 1);
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  const half = normalQuantile((1 + level) / 2) * Math.sqrt(n * p * (1 - p));
  const [first, last] = [Math.floor(n * p - half), Math.ceil(n * p + half) + 1];
  return {
    estimate: sortedQuantile(sorted, p),
    low: first >= 1 ? sorted[first - 1] : -Infinity,
    high: last <= n ? sorted[last - 1] : Infinity,
  };
};
