import { normalQuantile } from "../../numerics/normal-quantile.ts";
import { sortOrder } from "../../numerics/sort-order.ts";
import { type Chains, pooled } from "./chains.ts";

/**
 * Each draw replaced by the normal quantile of its rank among all draws, Phi^-1((rank - 3/8) / (S + 1/4)); equal draws share the mean of
 * their ranks.  [Vehtari et al. 2021, eq. 14; Blom 1958]
 */
export const normalScores = (chains: Chains): Float64Array[] => {
  const all = pooled(chains);
  return chainsOfScores(scoresInOrder(all, sortOrder(all)), chains[0].length);
};

/** The same of numbers in one row whose ascending order is known. */
export const scoresInOrder = (all: Float64Array, order: Uint32Array): Float64Array => {
  const total = all.length;
  const table = scoreTable(total);
  const scores = new Float64Array(total);
  for (let below = 0; below < total; ) {
    const value = all[order[below]];
    let upTo = below + 1;
    while (upTo < total && all[order[upTo]] === value) upTo++;
    // Ranks below + 1, ..., upTo.
    const score = upTo === below + 1 ? table[below] : normalQuantile((0.5 * (below + 1 + upTo) - 0.375) / (total + 0.25));
    for (; below < upTo; below++) scores[order[below]] = score;
  }
  return scores;
};

/** Ascending order of |draw - centre|, from that of the draws: those below the centre are met from the centre downwards. */
export const foldedOrder = (folded: Float64Array, all: Float64Array, order: Uint32Array, centre: number): Uint32Array => {
  const total = all.length;
  const merged = new Uint32Array(total);
  let up = 0;
  while (up < total && all[order[up]] < centre) up++;
  let down = up - 1;
  for (let k = 0; k < total; k++)
    merged[k] =
      down < 0 || (up < total && folded[order[up]] <= folded[order[down]]) ? order[up++] : order[down--];
  return merged;
};

/** A row cut into chains. */
export const chainsOfScores = (scores: Float64Array, length: number): Float64Array[] =>
  Array.from({ length: scores.length / length }, (_, chain) => scores.subarray(chain * length, (chain + 1) * length));

let lastTable = new Float64Array(0);

/** The score of each rank without ties. The last table is kept: all quantities of a file have as many draws. */
const scoreTable = (total: number): Float64Array => {
  if (lastTable.length !== total)
    lastTable = Float64Array.from({ length: total }, (_, below) => normalQuantile((below + 1 - 0.375) / (total + 0.25)));
  return lastTable;
};
