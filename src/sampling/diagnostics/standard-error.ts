import { betaQuantile } from "../../numerics/incomplete-beta.ts";
import type { Chains } from "./chains.ts";
import { type Diagnostic, defined, whenDefined } from "./diagnostic.ts";
import { ofMean, ofQuantile, ofSd } from "./effective-sample-size.ts";
import type { Prepared } from "./prepared.ts";
import { preparing } from "./preparing.ts";

/** Monte Carlo standard error of the mean, sd / sqrt(ESS of the mean). In the units of the draws, as all below. */
export const mcseMean = (chains: Chains): Diagnostic => preparing(chains, meanError);

export const meanError = (draws: Prepared): Diagnostic =>
  whenDefined([ofMean(draws)], ess => defined(draws.sd() / Math.sqrt(ess)));

/** Of the standard deviation, by the delta method on E (x - mean)^2.  [Kenney & Keeping 1951; as in the R package posterior] */
export const mcseSd = (chains: Chains): Diagnostic => preparing(chains, sdError);

export const sdError = (draws: Prepared): Diagnostic =>
  whenDefined([ofSd(draws)], ess => {
    const { second, fourth } = draws.moments();
    return defined(Math.sqrt((fourth - second * second) / ess / second / 4));
  });

/**
 * Of the p-quantile: half the distance between the order statistics that stand at the 16 % and 84 % quantiles of the Beta
 * distribution of its rank.  [Vehtari et al. 2021, section 4.3]
 */
export const mcseQuantile = (chains: Chains, p: number): Diagnostic =>
  preparing(chains, draws => quantileError(draws, p, ofQuantile(draws, p)));

export const quantileError = (draws: Prepared, p: number, effective: Diagnostic): Diagnostic =>
  whenDefined([effective], ess => {
    const sorted = draws.sorted();
    const total = sorted.length;
    const [a, b] = [ess * p + 1, ess * (1 - p) + 1];
    const low = sorted[Math.max(Math.floor(betaQuantile(0.1586553, a, b) * total), 1) - 1];
    const high = sorted[Math.min(Math.ceil(betaQuantile(0.8413447, a, b) * total), total) - 1];
    return defined(0.5 * (high - low));
  });
