import { log } from "../../numerics/elementary.ts";
import type { Neighbours } from "./neighbours.ts";
import { ofVote, sharesAt } from "./posterior.ts";
import type { Kernel } from "./probit-process.ts";
import type { Tally } from "./tally.ts";

/** Lengths, as shares of the longer side of the map, and variances that are compared; the first is the start. */
const LENGTHS = [0.1, 0.17, 0.3, 0.5];
const VARIANCES = [3, 10, 30, 100, 1000, 10_000, 100_000];
const START = { length: 2, variance: 2 };
/** Least variance of runs that do not depend on their seed. */
const EXACT = 4;
/** Nearest cells that say what a cell left out is. */
const ASKED = 8;
/** No run is less likely than this, whatever its neighbours say. */
const SURPRISE = 1e-3;

/** The kernel under which each cell's votes are best foretold by those of the cells around it, found by steps to better neighbours in a table of lengths and variances. */
export const fitKernel = (tally: Tally, near: Neighbours, exact: boolean): Kernel => {
  const least = exact ? EXACT : 0;
  const start = { ...START, variance: Math.max(START.variance, least) };
  const side = Math.max(tally.grid.columns, tally.grid.rows);
  const kernelAt = (length: number, variance: number): Kernel => ({
    length: Math.max(1, side * LENGTHS[length]),
    variance: VARIANCES[variance],
  });
  if (tally.labels.length === 1) return kernelAt(start.length, start.variance);
  const cells: { readonly cell: number; readonly from: readonly number[] }[] = [];
  const nearest = near.among(tally.totals);
  tally.totals.forEach((total, cell) => {
    if (total > 0) cells.push({ cell, from: nearest(cell, ASKED, false) });
  });
  const scores = new Map<string, number>();
  const scoreAt = (length: number, variance: number): number => {
    if (length < 0 || length >= LENGTHS.length || variance < least || variance >= VARIANCES.length) return -Infinity;
    const key = `${length} ${variance}`;
    const known = scores.get(key);
    if (known !== undefined) return known;
    const kernel = kernelAt(length, variance);
    let score = 0;
    for (const { cell, from } of cells) {
      const shares = sharesAt(tally, near, cell, from, kernel, ofVote);
      tally.counts.forEach((count, k) => {
        if (count[cell] > 0) score += count[cell] * log(Math.max(shares[k], SURPRISE));
      });
    }
    scores.set(key, score);
    return score;
  };
  let { length, variance } = start;
  for (;;) {
    let best = scoreAt(length, variance);
    let next = [length, variance];
    for (const [l, v] of [
      [length, variance + 1],
      [length, variance - 1],
      [length + 1, variance],
      [length - 1, variance],
      [length + 1, variance + 1],
      [length - 1, variance - 1],
    ])
      if (scoreAt(l, v) > best) {
        best = scoreAt(l, v);
        next = [l, v];
      }
    if (next[0] === length && next[1] === variance) return kernelAt(length, variance);
    [length, variance] = next;
  }
};
