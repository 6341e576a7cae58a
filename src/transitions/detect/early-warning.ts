import { invalid } from "../../errors.ts";
import { exp, log } from "../../numerics/elementary.ts";
import { checkValues } from "../../numerics/statistics/check-values.ts";
import { stream } from "../../numerics/stream.ts";

/** Whether fluctuations grow, or come to depend on each other for longer, towards the end of a series. */
export interface EarlyWarning {
  /** Rise of the logarithm of the variance, or of the autocorrelation, and the share of AR(1) surrogates in which it is at least as large. */
  readonly variance: Trend;
  readonly autocorrelation: Trend;
  /** Values of a window, and standard deviation of the smooth curve's kernel, in values. */
  readonly window: number;
  readonly bandwidth: number;
}

export interface Trend {
  readonly rise: number;
  readonly p: number;
}

export interface WarningOptions {
  /** Surrogates; 199 by default. */
  readonly surrogates?: number;
  readonly seed?: number;
}

const LEAST = 60;
const WINDOW = 0.25;
const BANDWIDTH = 0.1;
/** At most so many windows are compared. */
const MOST_WINDOWS = 60;

/**
 * Critical slowing down before a transition: of what is left of the series beside a smooth curve, the variance and the autocorrelation at lag 1 in a sliding
 * window of a quarter of the series, and by how much a line through them rises, which tells more than its rank correlation with time. How often they rise as much by chance is told by surrogates: AR(1) noise of the coefficient of what
 * is left, smoothed away likewise. [Dakos et al. 2008]
 *
 * Throws a LandauError for fewer than 60 values or values that are not finite.
 */
export const earlyWarning = (
  values: ArrayLike<number>,
  { surrogates = 199, seed = 0 }: WarningOptions = {},
): EarlyWarning => {
  checkValues("values", values, LEAST);
  if (!(Number.isInteger(surrogates) && surrogates >= 19))
    throw invalid("surrogates", surrogates, "an integer from 19");
  const n = values.length;
  const bandwidth = BANDWIDTH * n;
  const window = Math.floor(WINDOW * n);
  const smooth = smoother(n, bandwidth);
  const left = smooth(Float64Array.from(values));
  const own = trends(left, window);
  const phi = coefficientOf(left, n, bandwidth);
  const random = stream({ seed, purpose: "early warning" });
  let [variance, autocorrelation] = [1, 1];
  for (let k = 0; k < surrogates; k++) {
    const made = new Float64Array(n);
    let value = random.normal() / Math.sqrt(1 - phi * phi);
    for (let i = 0; i < n; i++) {
      made[i] = value;
      value = phi * value + random.normal();
    }
    const other = trends(smooth(made), window);
    if (other.variance >= own.variance) variance++;
    if (other.autocorrelation >= own.autocorrelation) autocorrelation++;
  }
  return {
    variance: { rise: own.variance, p: variance / (surrogates + 1) },
    autocorrelation: { rise: own.autocorrelation, p: autocorrelation / (surrogates + 1) },
    window,
    bandwidth,
  };
};

/** What is left of a series beside its smooth curve: a mean with the weights of a normal kernel. */
const smoother = (n: number, bandwidth: number) => {
  const reach = Math.ceil(3 * bandwidth);
  const kernel = Float64Array.from({ length: reach + 1 }, (_, i) => exp((-0.5 * i * i) / (bandwidth * bandwidth)));
  return (values: Float64Array): Float64Array =>
    values.map((value, i) => {
      let [sum, weights] = [0, 0];
      for (let j = Math.max(0, i - reach); j <= Math.min(n - 1, i + reach); j++) {
        const weight = kernel[Math.abs(i - j)];
        sum += weight * values[j];
        weights += weight;
      }
      return value - sum / weights;
    });
};

/** The coefficient of AR(1) noise that, smoothed away, leaves the autocorrelation that is seen: half the bias of 1 + 3 phi over the values per bandwidth. */
const coefficientOf = (left: Float64Array, n: number, bandwidth: number): number => {
  let [lagged, whole] = [0, 0];
  for (let i = 0; i < n; i++) {
    whole += left[i] * left[i];
    if (i > 0) lagged += left[i] * left[i - 1];
  }
  const seen = whole > 0 ? lagged / whole : 0;
  const independent = 2 * Math.sqrt(Math.PI) * bandwidth;
  return Math.max(-0.95, Math.min(0.98, seen + (1 + 3 * seen) / independent));
};

const trends = (left: Float64Array, window: number): { variance: number; autocorrelation: number } => {
  const n = left.length;
  const stride = Math.max(1, Math.ceil((n - window) / MOST_WINDOWS));
  const variances: number[] = [];
  const correlations: number[] = [];
  for (let start = 0; start + window <= n; start += stride) {
    let mean = 0;
    for (let i = start; i < start + window; i++) mean += left[i] / window;
    let [whole, lagged] = [0, 0];
    for (let i = start; i < start + window; i++) {
      whole += (left[i] - mean) * (left[i] - mean);
      if (i > start) lagged += (left[i] - mean) * (left[i - 1] - mean);
    }
    variances.push(whole > 0 ? log(whole) : 0);
    correlations.push(whole > 0 ? lagged / whole : 0);
  }
  return { variance: riseOf(variances), autocorrelation: riseOf(correlations) };
};

/** Rise of a series by a line through it, from its first to its last value. */
const riseOf = (values: readonly number[]): number => {
  const n = values.length;
  const centre = (n - 1) / 2;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (i - centre) * values[i];
  return n > 1 ? (12 * sum) / (n * (n + 1)) : 0;
};
