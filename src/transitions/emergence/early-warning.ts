import { invalid } from "../../errors.ts";
import { exp, log } from "../../numerics/elementary.ts";
import { BLOCK } from "../../numerics/in-blocks.ts";
import { fastest } from "../../numerics/native-loops.ts";
import { checkValues } from "../../numerics/statistics/check-values.ts";
import { kendallTau } from "../../numerics/statistics/kendall.ts";
import { mean } from "../../numerics/statistics.ts";
import { stream } from "../../numerics/stream.ts";
import { windowMoments } from "./loops/windows.ts";

/** Variance and lag-one autocorrelation in a sliding window, and whether they rise. */
export interface EarlyWarning {
  /** One for each window, the earliest first. */
  readonly variance: readonly number[];
  readonly ar1: readonly number[];
  /** Kendall's tau-b of each against time. Windows overlap, so that its textbook p-value is wrong: `surrogateTest` has one that is not. */
  readonly kendallVariance: number;
  readonly kendallAr1: number;
}

/** Nanoseconds of a point of a window. */
const POINT_TIME = 4;

/** Mean and linear trend are taken off inside each window of so many points, at least 3. */
export const earlyWarning = (series: ArrayLike<number>, window: number): EarlyWarning => {
  checkValues("series", series, 4);
  if (!(Number.isSafeInteger(window) && window >= 3 && window < series.length))
    throw invalid(
      "window",
      window,
      `a whole number between 3 and ${series.length - 1}, below the length of the series`,
    );
  const values = Float64Array.from(series);
  const count = values.length - window + 1;
  const [variances, correlations] = [new Float64Array(count), new Float64Array(count)];
  const moments = fastest("windowMoments", windowMoments, POINT_TIME * count * window);
  const spread = (window * (window * window - 1)) / 12;
  moments(values, variances, correlations, new Float64Array(6 * BLOCK), count, window, spread);
  const [variance, ar1] = [variances, correlations].map(each => Array.from(each));
  const time = variance.map((_, i) => i);
  return { variance, ar1, kendallVariance: kendallTau(time, variance), kendallAr1: kendallTau(time, ar1) };
};

/** A process of Ornstein and Uhlenbeck seen every dt: dx = -lambda x dt + sigma dW. */
export const ouTheory = (
  lambda: number,
  dt: number,
  sigma: number,
): { readonly ar1: number; readonly variance: number } => {
  for (const [name, value] of Object.entries({ lambda, dt, sigma }))
    if (!(value > 0 && value < Infinity)) throw invalid(name, value, "a positive number");
  return { ar1: exp(-lambda * dt), variance: (sigma * sigma) / (2 * lambda) };
};

export interface SurrogateTest {
  readonly kendallVariance: number;
  readonly kendallAr1: number;
  /** (1 + number of surrogates with at least that tau) / (number + 1), one-sided. */
  readonly pVariance: number;
  readonly pAr1: number;
  /** Autocorrelation of the whole series, that the surrogates have. */
  readonly phi: number;
  readonly surrogates: number;
}

/** How far the autocorrelation of surrogates may be from 1. */
const MOST_PHI = 0.999;

/** Early warnings judged by stationary AR(1) series with the autocorrelation and variance of the whole series, at least 60 of them. */
export const surrogateTest = (
  series: readonly number[],
  window: number,
  {
    surrogates = 99,
    seed = 0,
    chain = 0,
  }: { readonly surrogates?: number; readonly seed?: number; readonly chain?: number } = {},
): SurrogateTest => {
  if (!(Number.isSafeInteger(surrogates) && surrogates >= 60))
    throw invalid("surrogates", surrogates, "a whole number of at least 60");
  const seen = earlyWarning(series, window);
  const n = series.length;
  const level = mean(series);
  let [squares, products] = [0, 0];
  for (let i = 0; i < n; i++) {
    squares += (series[i] - level) * (series[i] - level);
    if (i > 0) products += (series[i] - level) * (series[i - 1] - level);
  }
  const phi = squares > 0 ? Math.max(-MOST_PHI, Math.min(MOST_PHI, products / squares)) : 0;
  const kick = Math.sqrt(1 - phi * phi);
  const random = stream({ seed, chain, purpose: "early-warning surrogates" });
  let [variances, correlations] = [0, 0];
  const own = new Float64Array(n);
  for (let s = 0; s < surrogates; s++) {
    random.at(s);
    // Windows do not see the scale of a series: its variance is 1.
    let value = random.normal();
    for (let i = 0; i < n; i++) {
      own[i] = value;
      value = phi * value + kick * random.normal();
    }
    const other = earlyWarning(own, window);
    if (other.kendallVariance >= seen.kendallVariance) variances++;
    if (other.kendallAr1 >= seen.kendallAr1) correlations++;
  }
  return {
    kendallVariance: seen.kendallVariance,
    kendallAr1: seen.kendallAr1,
    pVariance: (1 + variances) / (surrogates + 1),
    pAr1: (1 + correlations) / (surrogates + 1),
    phi,
    surrogates,
  };
};

/** Prequential code length of labels in bits: -sum log2 q(label_t | past).  [Dawid 1984] */
export const prequentialBits = (probabilities: readonly number[]): number =>
  probabilities.reduce((bits, q, i) => {
    if (!(q > 0 && q <= 1)) throw invalid(`probabilities[${i}]`, q, "a probability above 0");
    return bits - log(q) / Math.LN2;
  }, 0);
