import { log } from "../../numerics/elementary.ts";
import { variance } from "../../numerics/statistics.ts";
import type { Chains } from "./chains.ts";
import { type Diagnostic, defined, undefinedFor, whenDefined } from "./diagnostic.ts";
import type { Covariances, Prepared } from "./prepared.ts";
import { preparing } from "./preparing.ts";

/** Split chains need three draws each. */
const LEAST = 6;

/**
 * How many independent draws would know the mean of the bulk as well: split ESS of the normal scores. Tells whether the middle of the
 * distribution is explored, whatever its tails.  [Vehtari et al. 2021, section 4]
 */
export const essBulk = (chains: Chains): Diagnostic => preparing(chains, bulk);

export const bulk = (draws: Prepared): Diagnostic =>
  draws.whyUndefined(LEAST) ?? effectiveDraws(draws.covariances("scores"));

/** The smaller split ESS of the 5 % and 95 % quantiles: whether the tails are explored. */
export const essTail = (chains: Chains): Diagnostic =>
  preparing(chains, draws => smaller(ofQuantile(draws, 0.05), ofQuantile(draws, 0.95)));

export const smaller = (a: Diagnostic, b: Diagnostic): Diagnostic =>
  whenDefined([a, b], (low, high) => defined(Math.min(low, high)));

/** Split ESS of the mean of the draws as they are. */
export const essMean = (chains: Chains): Diagnostic => preparing(chains, ofMean);

export const ofMean = (draws: Prepared): Diagnostic =>
  draws.whyUndefined(LEAST) ?? effectiveDraws(draws.covariances("draws"));

/** Split ESS of the standard deviation: that of the mean of |draw - mean|. */
export const essSd = (chains: Chains): Diagnostic => preparing(chains, ofSd);

export const ofSd = (draws: Prepared): Diagnostic =>
  draws.whyUndefined(LEAST) ?? effectiveDraws(draws.covariances("distances"));

/** Split ESS of the p-quantile: that of the share of draws not above it. */
export const essQuantile = (chains: Chains, p: number): Diagnostic => preparing(chains, draws => ofQuantile(draws, p));

export const ofQuantile = (draws: Prepared, p: number): Diagnostic => {
  const wrong = draws.whyUndefined(LEAST);
  if (wrong) return wrong;
  const bound = draws.quantile(p);
  const sorted = draws.sorted();
  // Draws of few values, such as 0 and 1, may all be on one side.
  if (sorted[sorted.length - 1] <= bound) return undefinedFor(`no draw is above the quantile ${p}, ${bound}`);
  return effectiveDraws(draws.covariancesAtMost(bound));
};

/**
 * S / tau with tau = -1 + 2 sum_t rho_t over Geyer's initial monotone sequence of the autocorrelations of all chains together,
 * rho_t = 1 - (W - mean autocovariance at lag t) / var+: chains that disagree count as correlation that does not end. At most
 * S log10 S, which chains that alternate around their mean would pass.
 * [Geyer 1992; Vehtari et al. 2021, section 3.2; the truncation as in the R package posterior]
 */
const effectiveDraws = ({ n, means, at: covarianceAt }: Covariances): Diagnostic => {
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
