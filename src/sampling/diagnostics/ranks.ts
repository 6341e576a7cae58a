import { normalQuantile } from "../../numerics/normal-quantile.ts";
import { type Chains, pooled } from "./chains.ts";

/**
 * Each draw replaced by the normal quantile of its rank among all draws, Phi^-1((rank - 3/8) / (S + 1/4)); equal draws share the mean of
 * their ranks.  [Vehtari et al. 2021, eq. 14; Blom 1958]
 */
export const normalScores = (chains: Chains): Float64Array[] => {
  const all = pooled(chains);
  const total = all.length;
  const sorted = Float64Array.from(all).sort();
  const length = chains[0].length;
  return chains.map(chain =>
    Float64Array.from({ length }, (_, i) => {
      const below = firstNotBelow(sorted, chain[i]);
      const upTo = firstAbove(sorted, chain[i], below);
      // Ranks below + 1, ..., upTo.
      return normalQuantile((0.5 * (below + 1 + upTo) - 0.375) / (total + 0.25));
    }),
  );
};

const firstNotBelow = (sorted: Float64Array, value: number): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

const firstAbove = (sorted: Float64Array, value: number, from: number): number => {
  let [low, high] = [from, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
};
