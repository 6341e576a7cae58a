import { sortOrder } from "../../numerics/sort-order.ts";
import { mean } from "../../numerics/statistics.ts";
import { sortedQuantile } from "../../numerics/statistics/quantile.ts";
import { type Chains, flaw, pooled, splitChains } from "./chains.ts";
import type { Undefined } from "./diagnostic.ts";
import { chainsOfScores, foldedOrder, normalScores, scoresInOrder } from "./ranks.ts";

/**
 * Draws with what several diagnostics need of them, each made once, when it is first asked for: a summary sorts once where each of its numbers would sort
 * for itself. The draws must not change meanwhile.
 */
export interface Prepared {
  readonly chains: Chains;
  /** Why nothing can be said of the draws, as `flaw`. */
  flaw(least?: number): Undefined | undefined;
  /** All draws, chain after chain. */
  pooled(): Float64Array;
  mean(): number;
  /** The pooled draws in ascending order. */
  sorted(): Float64Array;
  quantile(p: number): number;
  split(): readonly Float64Array[];
  /** Normal scores of the split chains. */
  scores(): readonly Float64Array[];
  /** Distances from the median, chain by chain. */
  folded(): readonly Float64Array[];
  foldedScores(): readonly Float64Array[];
}

export const prepare = (chains: Chains): Prepared => {
  const wrong = flaw(chains);
  const { length } = chains[0];
  const all = once(() => pooled(chains));
  const order = once(() => sortOrder(all()));
  const sorted = once(() => Float64Array.from(order(), place => all()[place]));
  const quantile = (p: number): number => sortedQuantile(sorted(), p);
  const split = once(() => splitChains(chains));
  const foldedRow = once(() => {
    const median = quantile(0.5);
    return all().map(draw => Math.abs(draw - median));
  });
  const folded = once(() => chainsOfScores(foldedRow(), length));
  // The halves of an odd number of draws leave one out, and have ranks of their own.
  const even = length % 2 === 0;
  return {
    chains,
    flaw: (least = 4) => (length < least ? flaw(chains, least) : wrong),
    pooled: all,
    mean: once(() => mean(all())),
    sorted,
    quantile,
    split,
    scores: once(() => (even ? chainsOfScores(scoresInOrder(all(), order()), length / 2) : normalScores(split()))),
    folded,
    foldedScores: once(() =>
      even
        ? chainsOfScores(
            scoresInOrder(foldedRow(), foldedOrder(foldedRow(), all(), order(), quantile(0.5))),
            length / 2,
          )
        : normalScores(splitChains(folded())),
    ),
  };
};

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
