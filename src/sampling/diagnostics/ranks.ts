import { normalQuantile } from "../../numerics/normal-quantile.ts";
import { type Sorted, sortWithPlaces } from "../../numerics/sort-order.ts";
import { countBelow } from "../../numerics/statistics/quantile.ts";
import { type Chains, pooled } from "./chains.ts";

/**
 * Each draw replaced by the normal quantile of its rank among all draws, Phi^-1((rank - 3/8) / (S + 1/4)); equal draws share the mean of
 * their ranks.  [Vehtari et al. 2021, eq. 14; Blom 1958]
 */
export const normalScores = (chains: Chains): Float64Array[] =>
  scoresOf(sortWithPlaces(pooled(chains)), chains[0].length);

/** Normal scores of draws in one row that holds chains of a length one after the other. */
export const scoresOf = ({ sorted, order }: Sorted, length: number): Float64Array[] => {
  const byRank = scoresByRank(sorted);
  const scores = new Float64Array(order.length);
  for (let rank = 0; rank < order.length; rank++) scores[order[rank]] = byRank[rank];
  return Array.from({ length: order.length / length }, (_, chain) =>
    scores.subarray(chain * length, (chain + 1) * length),
  );
};

/** The score of each rank, equal numbers sharing one. Not to be written to. */
const scoresByRank = (sorted: Float64Array): Float64Array => {
  const total = sorted.length;
  const table = scoreTable(total);
  let scores = table;
  for (let below = 0; below < total; ) {
    const value = sorted[below];
    let upTo = below + 1;
    while (upTo < total && sorted[upTo] === value) upTo++;
    if (upTo > below + 1) {
      if (scores === table) scores = table.slice();
      scores.fill(tiedScore(below, upTo, total), below, upTo);
    }
    below = upTo;
  }
  return scores;
};

/** The score of equal draws, which share the ranks below + 1, ..., upTo. */
export const tiedScore = (below: number, upTo: number, total: number): number =>
  normalQuantile((0.5 * (below + 1 + upTo) - 0.375) / (total + 0.25));

/** |draw - centre| in ascending order and their places, from those of the draws: what is below the centre is met from the centre downwards. */
export const fold = ({ sorted, order }: Sorted, centre: number): Sorted => {
  const total = sorted.length;
  let up = countBelow(sorted, centre);
  const [distances, places] = [new Float64Array(total), new Uint32Array(total)];
  let down = up - 1;
  let k = 0;
  // Which side is nearer is as good as random: the sign of the difference selects, as a wrong guess of a branch would cost more than all the rest.
  while (up < total && down >= 0) {
    difference[0] = Math.abs(sorted[down] - centre) - Math.abs(sorted[up] - centre);
    // All ones where the one below is nearer.
    const below = signs[HIGH] >> 31;
    const nearer = (up & ~below) | (down & below);
    distances[k] = Math.abs(sorted[nearer] - centre);
    places[k++] = order[nearer];
    up += 1 + below;
    down += below;
  }
  for (; up < total; up++, k++) {
    distances[k] = Math.abs(sorted[up] - centre);
    places[k] = order[up];
  }
  for (; down >= 0; down--, k++) {
    distances[k] = Math.abs(sorted[down] - centre);
    places[k] = order[down];
  }
  return { sorted: distances, order: places };
};

const difference = new Float64Array(1);
const signs = new Int32Array(difference.buffer);
/** Which of the two words of a float64 has its sign: that depends on the machine. */
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0];

let lastTable = new Float64Array(0);

/** The score of each rank without ties; not to be written to. The last table is kept: all quantities of a file have as many draws. */
export const scoreTable = (total: number): Float64Array => {
  if (lastTable.length !== total)
    lastTable = Float64Array.from({ length: total }, (_, below) =>
      normalQuantile((below + 1 - 0.375) / (total + 0.25)),
    );
  return lastTable;
};
