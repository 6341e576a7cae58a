import { invalid } from "../../errors.ts";
import { exp, log } from "../../numerics/elementary.ts";
import { chiSquareAbove } from "../../numerics/incomplete-gamma.ts";
import { bisect } from "../../numerics/root.ts";
import { type Counts, checkCounts, sum, timesLog } from "./counts.ts";
import { logFailure } from "./token-metrics.ts";

/** Whether independent tokens explain the exact matches. */
export interface CompoundingCheck {
  /** Deviance of q = p^L, and its chi-square probability on `df0` degrees of freedom. With many items any small dependence makes it 0. */
  readonly deviance0: number;
  readonly df0: number;
  readonly p0: number;
  /** Effective length: the L that makes the counts most likely. */
  readonly lEff: number;
  /** lEff / L: near 1 the curve is arithmetic of the metric, below it errors come in clumps, above it exact match is harder than its tokens. */
  readonly ratio: number;
  readonly seLEff: number;
  readonly deviance1: number;
  /** Likelihood ratio of lEff against L, and its chi-square probability on one degree of freedom. */
  readonly lr: number;
  readonly pLr: number;
}

/** ln lEff is searched within this of ln L. */
const SEARCHED = 4;

/** @param p Per-token accuracy at each scale, strictly between 0 and 1 */
export const compoundingCheck = (
  { k, n, p }: Counts & { readonly p: readonly number[] },
  length: number,
): CompoundingCheck => {
  checkCounts({ k, n }, 1);
  if (p.length !== k.length) throw invalid("the length of p", p.length, `${k.length}, one for each k`);
  p.forEach((value, i) => {
    if (!(value > 0 && value < 1)) throw invalid(`p[${i}]`, value, "a number strictly between 0 and 1");
  });
  if (!(length > 0 && length < Infinity)) throw invalid("length", length, "a positive number of tokens");
  const lnP = p.map(log);
  const deviance = (L: number): number =>
    2 *
    sum(
      k.map(
        (hits, i) =>
          timesLog(hits, hits / n[i]) -
          hits * L * lnP[i] +
          timesLog(n[i] - hits, (n[i] - hits) / n[i]) -
          (n[i] - hits) * logFailure(L, lnP[i]),
      ),
    );
  // The likelihood is concave in L.
  const slope = (L: number): number =>
    sum(k.map((hits, i) => lnP[i] * (hits - ((n[i] - hits) * exp(L * lnP[i])) / exp(logFailure(L, lnP[i])))));
  const lEff = length * exp(rootOf(u => slope(length * exp(u)), SEARCHED));
  const information = sum(
    n.map((items, i) => (items * exp(lEff * lnP[i]) * lnP[i] * lnP[i]) / exp(logFailure(lEff, lnP[i]))),
  );
  const [deviance0, deviance1] = [deviance(length), deviance(lEff)].map(value => Math.max(0, value));
  const lr = Math.max(0, deviance0 - deviance1);
  return {
    deviance0,
    df0: k.length,
    p0: chiSquareAbove(deviance0, k.length),
    lEff,
    ratio: lEff / length,
    seLEff: 1 / Math.sqrt(information),
    deviance1,
    lr,
    pLr: chiSquareAbove(lr, 1),
  };
};

/** Root of a falling function within +-`half` of 0, or the end it lies beyond. */
const rootOf = (falling: (u: number) => number, half: number): number => {
  if (!(falling(-half) > 0)) return -half;
  return falling(half) < 0 ? bisect(falling, -half, half) : half;
};

/** What the ratio of lengths says. The limits are a convention. */
export const isCompounding = (ratio: number): boolean => ratio >= 0.8 && ratio <= 1.25;
