import { erf } from "../../numerics/elementary.ts";

/** A mixture of normal distributions; weights add up to 1. */
export type Mixture = readonly { readonly weight: number; readonly mean: number; readonly sd: number }[];

export const mixtureMean = (mixture: Mixture): number =>
  mixture.reduce((sum, { weight, mean }) => sum + weight * mean, 0);

export const mixtureSd = (mixture: Mixture): number => {
  const centre = mixtureMean(mixture);
  return Math.sqrt(
    mixture.reduce((sum, { weight, mean, sd }) => sum + weight * (sd * sd + (mean - centre) * (mean - centre)), 0),
  );
};

/** The value below which a share p of the mixture lies, by bisection. */
export const mixtureQuantile = (mixture: Mixture, p: number): number => {
  let low = Math.min(...mixture.map(({ mean, sd }) => mean - 8 * sd));
  let high = Math.max(...mixture.map(({ mean, sd }) => mean + 8 * sd));
  for (let k = 0; k < 80; k++) {
    const middle = 0.5 * (low + high);
    let below = 0;
    for (const { weight, mean, sd } of mixture) below += weight * 0.5 * (1 + erf((middle - mean) / (sd * Math.SQRT2)));
    if (below < p) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
};
