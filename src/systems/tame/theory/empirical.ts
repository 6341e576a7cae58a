import { invalid } from "../../../errors.ts";
import { leastSquares } from "../../../numerics/least-squares.ts";
import { sortWithPlaces } from "../../../numerics/sort-order.ts";
import { gaugeFeatures } from "./effective-theory.ts";

/** What is computed from a sample, exactly. */

/**
 * Largest distance of empirical and true probability over all thresholds (Kolmogorov and Smirnov) and over all intervals (Kuiper), for numbers in [0, 1] that should
 * be uniform.
 */
export const uniformDeviation = (values: ArrayLike<number>) => {
  const u = Float64Array.from(values).sort();
  let [over, under] = [0, 0];
  for (let i = 0; i < u.length; i++) {
    over = Math.max(over, (i + 1) / u.length - u[i]);
    under = Math.max(under, u[i] - i / u.length);
  }
  return { ks: Math.max(over, under), kuiper: over + under };
};

export interface IntervalFit {
  /** Share of the sample that the best interval labels wrongly. */
  readonly trainError: number;
  /** Its ends, both of them points of the sample; null for the empty interval. */
  readonly low: number | null;
  readonly high: number | null;
}

/** Empirical risk minimisation over intervals, 1 inside and 0 outside: the sub-array of the sorted sample with the largest sum of 2y - 1. */
export const bestInterval = (x: Float64Array, y: ArrayLike<number>): IntervalFit => {
  const { sorted, order } = sortWithPlaces(x);
  const n = x.length;
  let ones = 0;
  for (let i = 0; i < n; i++) ones += y[i];
  let [best, low, high] = [0, -1, -1];
  let [sum, from] = [0, 0];
  for (let i = 0; i < n; ) {
    if (sum <= 0) [sum, from] = [0, i];
    // Equal points are inside together or outside together.
    const at = sorted[i];
    for (; i < n && sorted[i] === at; i++) sum += 2 * y[order[i]] - 1;
    if (sum > best) [best, low, high] = [sum, from, i - 1];
  }
  const ends = low < 0 ? { low: null, high: null } : { low: sorted[low], high: sorted[high] };
  return { trainError: (ones - best) / n, ...ends };
};

/** Least squares in the four features of a gauge coupling. Throws for fewer than four points that tell the features apart. */
export const fitGaugeCoupling = (s: ArrayLike<number>, a: ArrayLike<number>, y: ArrayLike<number>) => {
  const n = s.length;
  const A = new Float64Array(4 * n);
  for (let i = 0; i < n; i++) gaugeFeatures(s[i], a[i], A, 4 * i);
  const fit = n < 4 ? null : leastSquares(A, Float64Array.from(y), n, 4);
  if (!fit) throw invalid("s", Array.from(s), "at least four points at which the features are independent");
  return { theta: fit.solution, trainMse: fit.squares / n };
};
