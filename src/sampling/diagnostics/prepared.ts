import { sortWithPlaces } from "../../numerics/sort-order.ts";
import { type BitSeries, zeroBits } from "../../numerics/statistics/bit-series.ts";
import { LONG_SERIES } from "../../numerics/statistics/mean-autocovariance.ts";
import { sortedQuantile } from "../../numerics/statistics/quantile.ts";
import { mean, standardDeviation } from "../../numerics/statistics.ts";
import { type Chains, mapDraws, pooled, splitChains, whyUndefined } from "./chains.ts";
import { type Undefined, undefinedFor } from "./diagnostic.ts";
import { fold, normalScores, scoresOf } from "./ranks.ts";

/**
 * Draws with what several diagnostics need of them, each made once, when it is first asked for: a summary sorts once where each of its numbers would sort
 * for itself. The draws must not change meanwhile.
 */
export interface Prepared {
  readonly chains: Chains;
  /** Why nothing can be said of the draws, as `whyUndefined` of chains says. */
  whyUndefined(least?: number): Undefined | undefined;
  /** All draws, chain after chain. */
  pooled(): Float64Array;
  mean(): number;
  sd(): number;
  /** The pooled draws in ascending order. */
  sorted(): Float64Array;
  quantile(p: number): number;
  split(): readonly Float64Array[];
  /** Of the split chains, for many draws: bits that are set where a draw is at most the bound, or where it is not: which of the two makes no difference to a covariance. */
  lowest(bound: number): BitSeries | undefined;
  /** Normal scores of the split chains. */
  scores(): readonly Float64Array[];
  /** Means of the draws, and of the normal scores, of each split chain. */
  splitMeans(): readonly number[];
  scoreMeans(): readonly number[];
  /** Normal scores of the distances from the median of each split chain, or why they have none. */
  foldedScores(): readonly Float64Array[] | Undefined;
}

export const prepare = (chains: Chains): Prepared => {
  const wrong = whyUndefined(chains);
  const { length } = chains[0];
  const all = once(() => pooled(chains));
  const inOrder = once(() => sortWithPlaces(all()));
  const quantile = (p: number): number => sortedQuantile(inOrder().sorted, p);
  const split = once(() => splitChains(chains));
  // The halves of an odd number of draws leave one out, and have ranks of their own.
  const even = length % 2 === 0;
  const scores = once(() => (even ? scoresOf(inOrder(), length / 2) : normalScores(split())));
  const foldedScores = (): readonly Float64Array[] | Undefined => {
    const median = quantile(0.5);
    const folded = fold(inOrder(), median);
    if (folded.sorted[0] === folded.sorted[folded.sorted.length - 1])
      return undefinedFor(`every draw is ${folded.sorted[0]}`);
    return even
      ? scoresOf(folded, length / 2)
      : normalScores(splitChains(mapDraws(chains, draw => Math.abs(draw - median))));
  };
  const lowest = (bound: number): BitSeries | undefined => {
    const n = length / 2;
    if (!even || n < LONG_SERIES) return undefined;
    const { sorted: values, order: places } = inOrder();
    let [low, high] = [0, values.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[middle] <= bound) low = middle + 1;
      else high = middle;
    }
    const [from, to] = 2 * low <= values.length ? [0, low] : [low, values.length];
    const bits = zeroBits(2 * chains.length, n);
    const share = 1 / n;
    for (let k = from; k < to; k++) {
      // Half a place keeps rounding away from the next whole number.
      const chain = ((places[k] + 0.5) * share) | 0;
      const place = places[k] - chain * n;
      bits.words[chain][place >>> 5] |= 1 << (place & 31);
    }
    return bits;
  };
  return {
    chains,
    lowest,
    whyUndefined: (least = 4) => (length < least ? whyUndefined(chains, least) : wrong),
    pooled: all,
    mean: once(() => mean(all())),
    sd: once(() => standardDeviation(all())),
    sorted: () => inOrder().sorted,
    quantile,
    split,
    scores,
    splitMeans: once(() => split().map(mean)),
    scoreMeans: once(() => scores().map(mean)),
    foldedScores,
  };
};

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
