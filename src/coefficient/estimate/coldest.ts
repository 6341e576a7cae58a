import type { Problem } from "./problem.ts";

/** The most by which rounding, and the fall below w*, may blur nBeta K. */
const BLUR = 0.02;
/** Beyond the first nothing is gained, unless localisers must be very strong. */
const COLDEST = { usual: 1e12, ever: 1e16 };
/** Differences of this order see rounding alone. */
const ORDER = 6;

/**
 * The largest nBeta at which K says what it is: nBeta times the rounding of the loss, or times its fall near a w* that is not quite a minimum,
 * must be small against 1. nBeta = n at least. The usual one, and what is possible.
 *
 * Rounding is the size of sixth differences of the loss along steps so short that its shape does not show.  [Hamming 1973; More & Wild 2011]
 */
export const coldestOf = (
  problem: Problem,
  nBeta: number,
  deficit: number,
): { readonly usual: number; readonly ever: number } => {
  const { size, at, baseline, excess } = problem;
  const w = at.slice();
  let noise = 1e-16 * Math.abs(baseline);
  for (const scale of [1e-10, 1e-8]) {
    const values = Array.from({ length: ORDER + 1 }, (_, k) => {
      for (let i = 0; i < size; i++) w[i] = at[i] + scale * (1 + Math.abs(at[i])) * (k - ORDER / 2) * (i % 2 ? 1 : -1);
      return excess.loss(w);
    });
    for (let order = ORDER; order > 0; order--) for (let k = 0; k < order; k++) values[k] = values[k + 1] - values[k];
    // The sum of the squares of the binomial coefficients of 6 is 924.
    noise = Math.max(noise, Math.abs(values[0]) / Math.sqrt(924));
  }
  // Of a fall that is rounding itself nothing is learnt.
  const fall = deficit / nBeta;
  const blur = Math.max(noise, fall);
  const upTo = (most: number) => Math.max(nBeta, Math.min(most, BLUR / blur));
  return { usual: upTo(COLDEST.usual), ever: upTo(COLDEST.ever) };
};
