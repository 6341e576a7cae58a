import { exp } from "../../../numerics/elementary.ts";
import { bisect } from "../../../numerics/root.ts";

/** Laws of sqrt(N) times the largest deviation over thresholds [Kolmogorov 1933] and over intervals [Kuiper 1960], N to infinity. */

/** Terms of the series; from x = 1/3 on those left out are below 1e-15. */
const TERMS = 20;

const series = (term: (j: number) => number): number => {
  let sum = 0;
  for (let j = TERMS; j >= 1; j--) sum += 2 * term(j);
  return sum;
};

/** Probabilities of more than x, for x >= 1/3. */
export const limitTails = {
  thresholds: (x: number): number => series(j => (j % 2 === 1 ? 1 : -1) * exp(-2 * j * j * x * x)),
  intervals: (x: number): number => series(j => (4 * j * j * x * x - 1) * exp(-2 * j * j * x * x)),
} as const;

/** The p-quantile of a law, 0.05 <= p < 1. */
export const limitQuantile = (family: keyof typeof limitTails, p: number): number =>
  bisect(x => limitTails[family](x) - (1 - p), 0.4, 10);
