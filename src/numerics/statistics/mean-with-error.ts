import { checkValues } from "./check-values.ts";
import { mean, standardDeviation } from "./moments.ts";

/**
 * How many independent draws would know the mean of a stationary series as well as this one does: n / tau with the integrated
 * autocorrelation time tau = -1 + 2 sum_m G_m, G_m = rho(2 m) + rho(2 m + 1), summed over Geyer's initial monotone
 * sequence: up to the first G_m <= 0, each G_m cut to the one before.
 *
 * Between 1 and n: a series that alternates around its mean is not credited with more than its length, as `essMean` of the
 * sampling diagnostics does, which splits chains in halves besides. Records of two systems hold errors made with this one.
 * A constant series counts n. Throws when shorter than 4 or when a value is not finite. Time grows as n times the lag where the sum ends.
 *
 * Source: Geyer, Practical Markov chain Monte Carlo, Statistical Science 7 (1992) 473, section 3.3.
 */
export const cappedEffectiveSize = (series: ArrayLike<number>): number => {
  checkValues("series", series, 4);
  const n = series.length;
  const centre = mean(series);
  const centred = new Float64Array(n);
  for (let i = 0; i < n; i++) centred[i] = series[i] - centre;
  const scale = autocovariance(centred, 0);
  if (scale === 0) return n;
  let tau = -1;
  let last = Infinity;
  for (let lag = 0; lag + 1 < n; lag += 2) {
    const even = lag === 0 ? scale : autocovariance(centred, lag);
    const pair = (even + autocovariance(centred, lag + 1)) / scale;
    if (pair <= 0) break;
    last = Math.min(last, pair);
    tau += 2 * last;
  }
  return Math.min(n, Math.max(1, n / Math.max(tau, 1)));
};

/** sum_i x_i x_(i + lag) / n: the divisor n, not n - lag, keeps the sequence positive definite. */
const autocovariance = (centred: Float64Array, lag: number): number => {
  let sum = 0;
  for (let i = lag; i < centred.length; i++) sum += centred[i] * centred[i - lag];
  return sum / centred.length;
};

export interface MeanWithError {
  readonly mean: number;
  /** Standard deviation of the series / sqrt(effectiveSamples). */
  readonly standardError: number;
  readonly effectiveSamples: number;
}

/** Mean of a stationary, possibly correlated series of at least 4 values, and how well it is known. */
export const meanWithError = (series: ArrayLike<number>): MeanWithError => {
  const effectiveSamples = cappedEffectiveSize(series);
  return {
    mean: mean(series),
    standardError: standardDeviation(series) / Math.sqrt(effectiveSamples),
    effectiveSamples,
  };
};
