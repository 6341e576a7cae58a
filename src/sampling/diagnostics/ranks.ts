import { normalQuantile } from "../../numerics/normal-quantile.ts";
import { sortOrder } from "../../numerics/sort-order.ts";
import { type Chains, pooled } from "./chains.ts";

/**
 * Each draw replaced by the normal quantile of its rank among all draws, Phi^-1((rank - 3/8) / (S + 1/4)); equal draws share the mean of
 * their ranks.  [Vehtari et al. 2021, eq. 14; Blom 1958]
 */
export const normalScores = (chains: Chains): Float64Array[] => {
  const all = pooled(chains);
  const order = sortOrder(all);
  return chainsOfScores(scoresInOrder(inOrder(all, order), order), chains[0].length);
};

/** Numbers in the order of their places. */
export const inOrder = (values: Float64Array, order: Uint32Array): Float64Array => {
  const out = new Float64Array(order.length);
  for (let i = 0; i < out.length; i++) out[i] = values[order[i]];
  return out;
};

/** Scores of numbers in one row, from the numbers in ascending order and their places in the row. */
export const scoresInOrder = (sorted: Float64Array, order: Uint32Array): Float64Array => {
  const total = sorted.length;
  const table = scoreTable(total);
  const scores = new Float64Array(total);
  for (let below = 0; below < total; ) {
    const value = sorted[below];
    let upTo = below + 1;
    while (upTo < total && sorted[upTo] === value) upTo++;
    if (upTo === below + 1) scores[order[below]] = table[below++];
    else {
      // Ranks below + 1, ..., upTo.
      const score = normalQuantile((0.5 * (below + 1 + upTo) - 0.375) / (total + 0.25));
      for (; below < upTo; below++) scores[order[below]] = score;
    }
  }
  return scores;
};

/** |draw - centre| in ascending order and their places, from those of the draws: what is below the centre is met from the centre downwards. */
export const fold = (
  sorted: Float64Array,
  order: Uint32Array,
  centre: number,
): { readonly sorted: Float64Array; readonly order: Uint32Array } => {
  const total = sorted.length;
  const distances = new Float64Array(total);
  const places = new Uint32Array(total);
  let up = 0;
  while (up < total && sorted[up] < centre) up++;
  let down = up - 1;
  let above = up < total ? Math.abs(sorted[up] - centre) : Infinity;
  let under = down >= 0 ? Math.abs(sorted[down] - centre) : Infinity;
  for (let k = 0; k < total; k++)
    if (down < 0 || (up < total && above <= under)) {
      distances[k] = above;
      places[k] = order[up++];
      above = up < total ? Math.abs(sorted[up] - centre) : Infinity;
    } else {
      distances[k] = under;
      places[k] = order[down--];
      under = down >= 0 ? Math.abs(sorted[down] - centre) : Infinity;
    }
  return { sorted: distances, order: places };
};

/** A row cut into chains. */
export const chainsOfScores = (scores: Float64Array, length: number): Float64Array[] =>
  Array.from({ length: scores.length / length }, (_, chain) => scores.subarray(chain * length, (chain + 1) * length));

let lastTable = new Float64Array(0);

/** The score of each rank without ties. The last table is kept: all quantities of a file have as many draws. */
const scoreTable = (total: number): Float64Array => {
  if (lastTable.length !== total)
    lastTable = Float64Array.from({ length: total }, (_, below) =>
      normalQuantile((below + 1 - 0.375) / (total + 0.25)),
    );
  return lastTable;
};
