import { sortWithPlaces } from "../../numerics/sort-order.ts";
import { type BitSeries, bitMeans, meanAutocovarianceOfBits, zeroBits } from "../../numerics/statistics/bit-series.ts";
import { LONG_SERIES, meanAutocovariance } from "../../numerics/statistics/mean-autocovariance.ts";
import { countAtMost, sortedQuantile } from "../../numerics/statistics/quantile.ts";
import { mean, standardDeviation, variance } from "../../numerics/statistics.ts";
import { type Chains, mapDraws, pooled, splitChains, whyUndefined } from "./chains.ts";
import { undefinedFor } from "./diagnostic.ts";
import { once } from "./once.ts";
import type { Covariances, Moments, Prepared, Spread } from "./prepared.ts";
import { fold, normalScores, scoresOf } from "./ranks.ts";

/** Draws in any number, in plain loops. */
export const plainDraws = (chains: Chains): Prepared => {
  const wrong = whyUndefined(chains);
  const { length } = chains[0];
  const all = once(() => pooled(chains));
  const inOrder = once(() => sortWithPlaces(all()));
  const quantile = (p: number): number => sortedQuantile(inOrder().sorted, p);
  const split = once(() => splitChains(chains));
  const centre = once(() => mean(all()));
  // The halves of an odd number of draws leave one out, and have ranks of their own.
  const even = length % 2 === 0;
  const scores = once(() => (even ? scoresOf(inOrder(), length / 2) : normalScores(split())));
  const distances = (): Float64Array[] => {
    const origin = centre();
    return split().map(values => {
      const out = new Float64Array(values.length);
      for (let i = 0; i < out.length; i++) out[i] = Math.abs(values[i] - origin);
      return out;
    });
  };
  /** For many draws: bits that are set where a draw is at most the bound, or where it is not: which of the two makes no difference to a covariance. */
  const lowest = (bound: number): BitSeries | undefined => {
    const n = length / 2;
    if (!even || n < LONG_SERIES) return undefined;
    const { sorted: values, order: places } = inOrder();
    const low = countAtMost(values, bound);
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
    whyUndefined: (least = 4) => (length < least ? whyUndefined(chains, least) : wrong),
    mean: centre,
    sd: once(() => standardDeviation(all())),
    moments: () => momentsOf(all(), centre()),
    sorted: () => inOrder().sorted,
    quantile,
    covariances: of => covariancesOf(of === "draws" ? split() : of === "scores" ? scores() : distances()),
    covariancesAtMost(bound) {
      const bits = lowest(bound);
      if (bits) return { n: bits.n, means: bitMeans(bits), at: meanAutocovarianceOfBits(bits) };
      return covariancesOf(
        split().map(values => {
          const out = new Float64Array(values.length);
          for (let i = 0; i < out.length; i++) out[i] = values[i] <= bound ? 1 : 0;
          return out;
        }),
      );
    },
    scoreSpread: () => spreadOf(scores()),
    foldedSpread() {
      const median = quantile(0.5);
      const folded = fold(inOrder(), median);
      if (folded.sorted[0] === folded.sorted[folded.sorted.length - 1])
        return undefinedFor(`every draw is ${folded.sorted[0]}`);
      return spreadOf(
        even
          ? scoresOf(folded, length / 2)
          : normalScores(splitChains(mapDraws(chains, draw => Math.abs(draw - median)))),
      );
    },
  };
};

const covariancesOf = (series: readonly Float64Array[]): Covariances => {
  const means = series.map(mean);
  return { n: series[0].length, means, at: meanAutocovariance(series, means) };
};

export const spreadOf = (series: readonly Float64Array[]): Spread => ({
  n: series[0].length,
  means: series.map(mean),
  variances: series.map(variance),
});

const momentsOf = (all: Float64Array, centre: number): Moments => {
  let [second, fourth] = [0, 0];
  for (let i = 0; i < all.length; i++) {
    const square = (all[i] - centre) * (all[i] - centre);
    second += square;
    fourth += square * square;
  }
  return { second: second / all.length, fourth: fourth / all.length };
};
