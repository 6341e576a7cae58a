import { invalid } from "../../errors.ts";
import { exp, log } from "../../numerics/elementary.ts";
import { logGamma } from "../../numerics/log-gamma.ts";
import { type Counts, checkCounts, checkSegments, logChoose, sum } from "./counts.ts";

/** One change of a success rate against none. Any rising curve gives an enormous factor: it locates a break and never decides that there is one. */
export interface BetaChangePoint {
  /** ln marginal likelihood without a change, and with one at a place of uniform prior. */
  readonly logML0: number;
  readonly logML1: number;
  readonly logBF10: number;
  /** Posterior of the break: entry i is for a first scale `firstBreak` + i after it. */
  readonly posterior: readonly number[];
  readonly firstBreak: number;
}

/** Rates have Beta(a, b) priors. */
export const betaChangePoint = (
  counts: Counts,
  { a = 1, b = 1, minSegment = 1 }: { readonly a?: number; readonly b?: number; readonly minSegment?: number } = {},
): BetaChangePoint => {
  checkCounts(counts, 2);
  const { k, n } = counts;
  for (const [name, value] of Object.entries({ a, b }))
    if (!(value > 0 && value < Infinity)) throw invalid(name, value, "a positive number");
  const T = k.length;
  checkSegments(minSegment, T);
  const coefficients = sum(k.map((hits, i) => logChoose(n[i], hits)));
  const marginal = (from: number, to: number): number => {
    const [hits, items] = [sum(k.slice(from, to)), sum(n.slice(from, to))];
    return logBeta(a + hits, b + items - hits) - logBeta(a, b);
  };
  const breaks = Array.from({ length: T - 2 * minSegment + 1 }, (_, i) => minSegment + i);
  const each = breaks.map(t => coefficients + marginal(0, t) + marginal(t, T));
  const largest = Math.max(...each);
  const shares = each.map(value => exp(value - largest));
  const whole = sum(shares);
  const logML0 = coefficients + marginal(0, T);
  const logML1 = largest + log(whole) - log(breaks.length);
  return {
    logML0,
    logML1,
    logBF10: logML1 - logML0,
    posterior: shares.map(share => share / whole),
    firstBreak: minSegment,
  };
};

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);
