import { log } from "../../numerics/elementary.ts";
import { bitMeans, meanAutocovarianceOfBits } from "../../numerics/statistics/bit-series.ts";
import { meanAutocovariance } from "../../numerics/statistics/mean-autocovariance.ts";
import { mean, variance } from "../../numerics/statistics.ts";
import type { Chains } from "./chains.ts";
import { type Diagnostic, defined, undefinedFor, whenDefined } from "./diagnostic.ts";
import { type Prepared, prepare } from "./prepared.ts";

/** Split chains need three draws each. */
const LEAST = 6;

/**
 * How many independent draws would know the mean of the bulk as well: split ESS of the normal scores. Tells whether the middle of the
 * distribution is explored, whatever its tails.  [Vehtari et al. 2021, section 4]
 */
export const essBulk = (chains: Chains): Diagnostic => bulk(prepare(chains));

export const bulk = (draws: Prepared): Diagnostic =>
  draws.whyUndefined(LEAST) ?? effectiveDraws(draws.scores(), draws.scoreMeans());

/** The smaller split ESS of the 5 % and 95 % quantiles: whether the tails are explored. */
export const essTail = (chains: Chains): Diagnostic => {
  const draws = prepare(chains);
  return smaller(ofQuantile(draws, 0.05), ofQuantile(draws, 0.95));
};

export const smaller = (a: Diagnostic, b: Diagnostic): Diagnostic =>
  whenDefined([a, b], (low, high) => defined(Math.min(low, high)));

/** Split ESS of the mean of the draws as they are. */
export const essMean = (chains: Chains): Diagnostic => ofMean(prepare(chains));

export const ofMean = (draws: Prepared): Diagnostic =>
  draws.whyUndefined(LEAST) ?? effectiveDraws(draws.split(), draws.splitMeans());

/** Split ESS of the standard deviation: that of the mean of |draw - mean|. */
export const essSd = (chains: Chains): Diagnostic => ofSd(prepare(chains));

export const ofSd = (draws: Prepared): Diagnostic => {
  const wrong = draws.whyUndefined(LEAST);
  if (wrong) return wrong;
  const centre = draws.mean();
  const distances = draws.split().map(values => {
    const out = new Float64Array(values.length);
    for (let i = 0; i < out.length; i++) out[i] = Math.abs(values[i] - centre);
    return out;
  });
  return effectiveDraws(distances);
};

/** Split ESS of the p-quantile: that of the share of draws not above it. */
export const essQuantile = (chains: Chains, p: number): Diagnostic => ofQuantile(prepare(chains), p);

export const ofQuantile = (draws: Prepared, p: number): Diagnostic => {
  const wrong = draws.whyUndefined(LEAST);
  if (wrong) return wrong;
  const bound = draws.quantile(p);
  const sorted = draws.sorted();
  // Draws of few values, such as 0 and 1, may all be on one side.
  if (sorted[sorted.length - 1] <= bound) return undefinedFor(`no draw is above the quantile ${p}, ${bound}`);
  const bits = draws.lowest(bound);
  if (bits) return fromCovariances(meanAutocovarianceOfBits(bits), bits.n, bitMeans(bits));
  const below = draws.split().map(values => {
    const out = new Float64Array(values.length);
    for (let i = 0; i < out.length; i++) out[i] = values[i] <= bound ? 1 : 0;
    return out;
  });
  return effectiveDraws(below);
};

const effectiveDraws = (chains: readonly Float64Array[], means: readonly number[] = chains.map(mean)): Diagnostic =>
  fromCovariances(meanAutocovariance(chains, means), chains[0].length, means);

/**
 * S / tau with tau = -1 + 2 sum_t rho_t over Geyer's initial monotone sequence of the autocorrelations of all chains together,
 * rho_t = 1 - (W - mean autocovariance at lag t) / var+: chains that disagree count as correlation that does not end. At most
 * S log10 S, which chains that alternate around their mean would pass.
 * [Geyer 1992; Vehtari et al. 2021, section 3.2; the truncation as in the R package posterior]
 */
const fromCovariances = (covarianceAt: (lag: number) => number, n: number, means: readonly number[]): Diagnostic => {
  const total = n * means.length;
  const within = (covarianceAt(0) * n) / (n - 1);
  const spread = (within * (n - 1)) / n + (means.length > 1 ? variance(means) : 0);
  if (spread === 0) return undefinedFor("no chain moves");
  const correlationAt = (lag: number): number => 1 - (within - covarianceAt(lag)) / spread;

  // Initial positive sequence: pairs of lags (2 k, 2 k + 1) for as long as their sum is positive.
  const rho = new Float64Array(n);
  let even = 1;
  let odd = correlationAt(1);
  rho[0] = even;
  rho[1] = odd;
  let last = 0;
  while (last < n - 5 && even + odd > 0) {
    last += 2;
    even = correlationAt(last);
    odd = correlationAt(last + 1);
    if (even + odd >= 0) {
      rho[last] = even;
      rho[last + 1] = odd;
    }
  }
  // The even lag behind the sum counts once, which helps chains that alternate.
  if (even > 0) rho[last] = even;
  for (let lag = 2; lag <= last - 2; lag += 2)
    if (rho[lag] + rho[lag + 1] > rho[lag - 2] + rho[lag - 1]) {
      rho[lag] = 0.5 * (rho[lag - 2] + rho[lag - 1]);
      rho[lag + 1] = rho[lag];
    }
  let sum = 0;
  for (let lag = 0; lag < last; lag++) sum += rho[lag];
  const tau = -1 + 2 * sum + rho[last];
  const least = LOG_10 / log(total);
  return tau < least
    ? defined(total / least, "the chains alternate: counted as S log10 S, the most that is credited")
    : defined(total / tau);
};

const LOG_10 = Math.LN10;
