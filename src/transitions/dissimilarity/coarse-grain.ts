import { invalid } from "../../errors.ts";
import { effectiveOutcomes } from "./counts.ts";

/** Counts of outcomes at each value of the control. */
export interface OutcomeCounts {
  readonly counts: readonly Float64Array[];
  /** What each outcome is called. */
  readonly outcomes: readonly string[];
  /** How many outcomes are taken together as "other"; 0 when none are. */
  readonly merged: number;
}

/** Counts of words, or of other things that are equal or not, at each value of the control. The most frequent ones come first. */
export const countOutcomes = (samples: readonly (readonly string[])[]): OutcomeCounts => {
  const totals = new Map<string, number>();
  for (const list of samples) for (const word of list) totals.set(word, (totals.get(word) ?? 0) + 1);
  const outcomes = [...totals.keys()].sort((a, b) => totals.get(b)! - totals.get(a)! || (a < b ? -1 : 1));
  const place = new Map(outcomes.map((word, x) => [word, x]));
  const counts = samples.map(list => {
    const row = new Float64Array(outcomes.length);
    for (const word of list) row[place.get(word)!]++;
    return row;
  });
  return { counts, outcomes, merged: 0 };
};

/** Where the number of outcomes in effect times the noise exceeds this, plain frequencies have no power. */
export const MOST_NOISE = 0.5;

/**
 * Takes rare outcomes together as "other" until their number in effect times h, the noise of a split with L = 1, is at most 1/2. What was enough as it
 * is stays so. Coarse graining never makes a dissimilarity larger.
 */
export const mergeRare = ({ counts, outcomes, merged }: OutcomeCounts, h: number): OutcomeCounts => {
  const totals = new Float64Array(outcomes.length);
  for (const row of counts) for (let x = 0; x < row.length; x++) totals[x] += row[x];
  const all = totals.reduce((sum, each) => sum + each, 0);
  if (effectiveOutcomes(totals.map(each => each / all)) * h <= MOST_NOISE) return { counts, outcomes, merged };
  const order = Array.from(totals.keys()).sort((a, b) => totals[b] - totals[a] || a - b);
  let [effective, rest, keep] = [0, all, 0];
  for (; keep < order.length; keep++) {
    const p = totals[order[keep]] / all;
    const other = (rest - totals[order[keep]]) / all;
    if ((effective + (1 - p) + (1 - other)) * h > MOST_NOISE && keep > 0) break;
    effective += 1 - p;
    rest -= totals[order[keep]];
  }
  // One outcome under another name is no coarser.
  if (order.length - keep <= 1) return { counts, outcomes, merged };
  const kept = order.slice(0, keep);
  return {
    counts: counts.map(row => {
      const out = new Float64Array(keep + 1);
      kept.forEach((x, i) => {
        out[i] = row[x];
      });
      out[keep] = row.reduce((sum, each) => sum + each, 0) - out.reduce((sum, each) => sum + each, 0);
      return out;
    }),
    outcomes: [...kept.map(x => outcomes[x]), "other"],
    merged: order.length - keep,
  };
};

/**
 * Counts of numbers in bins that are common to all values of the control, each with as nearly the same share of all numbers as ties allow.
 *
 * @param bins The most there may be
 */
export const binNumbers = (samples: readonly ArrayLike<number>[], bins: number): OutcomeCounts => {
  if (!(Number.isSafeInteger(bins) && bins >= 2)) throw invalid("bins", bins, "a whole number, at least 2");
  const all = new Float64Array(samples.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of samples) for (let i = 0; i < list.length; i++) all[at++] = list[i];
  all.sort();
  // Inner edges; a number belongs to the bin that begins at or before it.
  const edges: number[] = [];
  for (let b = 1; b < bins; b++) {
    const edge = all[Math.floor((b * all.length) / bins)];
    if (edge > all[0] && edge !== edges.at(-1)) edges.push(edge);
  }
  const counts = samples.map(list => {
    const row = new Float64Array(edges.length + 1);
    for (let i = 0; i < list.length; i++) row[binOf(edges, list[i])]++;
    return row;
  });
  const ends = [all[0], ...edges, all[all.length - 1]];
  const outcomes = counts[0] ? Array.from(counts[0], (_, b) => `${ends[b]} to ${ends[b + 1]}`) : [];
  return { counts, outcomes, merged: 0 };
};

const binOf = (edges: readonly number[], value: number): number => {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
};
