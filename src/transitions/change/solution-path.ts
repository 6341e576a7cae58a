import type { SegmentCost } from "./segment-cost.ts";

/** The cheapest partition with so many changes. */
export interface Solution {
  readonly changes: readonly number[];
  /** Sum of the segments' costs. */
  readonly cost: number;
  /** Penalties for which it is the cheapest of all, from and to; null where there is none. */
  readonly penalties: readonly [from: number, to: number] | null;
}

/** The cheapest partition for each number of changes from 0 to `most`, or as many as there is room for. Takes time most * length^2. */
export const solutionPath = ({ length, least, at }: SegmentCost, most: number): Solution[] => {
  const count = Math.min(most, Math.floor(length / least) - 1);
  let best = Float64Array.from({ length: length + 1 }, (_, end) => (end >= least ? at(0, end) : Infinity));
  const costs = [best[length]];
  const froms: Int32Array[] = [];
  for (let changes = 1; changes <= count; changes++) {
    const next = new Float64Array(length + 1).fill(Infinity);
    const from = new Int32Array(length + 1);
    for (let end = (changes + 1) * least; end <= length; end++)
      for (let start = changes * least; start <= end - least; start++) {
        const total = best[start] + at(start, end);
        if (total < next[end]) [next[end], from[end]] = [total, start];
      }
    froms.push(from);
    costs.push(next[length]);
    best = next;
  }
  const ranges = penaltiesOf(costs);
  return costs.map((cost, changes) => ({ changes: traced(froms, changes, length), cost, penalties: ranges[changes] }));
};

const traced = (froms: readonly Int32Array[], changes: number, length: number): number[] => {
  const found: number[] = [];
  for (let [left, end] = [changes, length]; left > 0; left--) {
    end = froms[left - 1][end];
    found.push(end);
  }
  return found.reverse();
};

/** cost_k + penalty k is least for k between the slopes of the costs on both sides, over all other numbers of changes. */
const penaltiesOf = (costs: readonly number[]): (readonly [number, number] | null)[] =>
  costs.map((cost, k) => {
    let [from, to] = [0, Infinity];
    costs.forEach((other, j) => {
      const slope = (other - cost) / (k - j);
      if (j > k) from = Math.max(from, slope);
      if (j < k) to = Math.min(to, slope);
    });
    return from < to ? [from, to] : null;
  });
