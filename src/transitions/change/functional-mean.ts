import { changesOf } from "./pelt.ts";
import { centred } from "./segment-cost.ts";

/**
 * The partition that `pelt` finds for the mean, by functional pruning: for each level that the last segment may have, only the start that is best there is
 * kept, which are few even where no change is near. [Maidstone, Hocking, Rigaill and Fearnhead 2017]
 */
export const functionalMean = (values: ArrayLike<number>, penalty: number): number[] => {
  const y = centred(values);
  const n = y.length;
  const from = new Int32Array(n + 1);
  let now = piecesFor(16);
  let next = piecesFor(16);
  let pieces = 1;
  [now.low[0], now.high[0], now.count[0], now.centre[0]] = [-Infinity, Infinity, 1, y[0]];
  /** What all values so far cost, and a change. */
  let dear = penalty;
  for (let end = 1; end < n; end++) {
    if (next.low.length < 2 * pieces + 1) next = piecesFor(4 * pieces);
    const { low, high, start, count, centre, least } = now;
    const value = y[end];
    let kept = 0;
    let until = -Infinity;
    let [best, first] = [dear, end];
    for (let p = 0; p < pieces; p++) {
      const depth = dear - least[p];
      if (!(depth > 0)) continue;
      // Levels at which the piece costs less than a segment that begins here, which costs the same at all.
      const middle = centre[p];
      const half = Math.sqrt(depth / count[p]);
      const left = Math.max(low[p], middle - half);
      const right = Math.min(high[p], middle + half);
      if (!(left < right)) continue;
      if (until < left) kept = written(next, kept, until, left, end, 1, value, dear);
      const off = value - middle;
      const share = 1 / (count[p] + 1);
      const cost = least[p] + off * off * (1 - share);
      kept = written(next, kept, left, right, start[p], count[p] + 1, middle + off * share, cost);
      // The lowest point may be at a level where another start is better: that one has a lower one then.
      if (cost < best || (cost === best && start[p] < first)) [best, first] = [cost, start[p]];
      until = right;
    }
    if (until < Infinity) kept = written(next, kept, until, Infinity, end, 1, value, dear);
    from[end + 1] = first;
    dear = best + penalty;
    pieces = kept;
    [now, next] = [next, now];
  }
  return changesOf(from, n);
};

/**
 * Levels in pieces, from left to right: on each, from low to high, the last segment begins at one start, and all values so far cost
 * least + count (level - centre)^2.
 */
const piecesFor = (most: number) => ({
  low: new Float64Array(most),
  high: new Float64Array(most),
  start: new Int32Array(most),
  count: new Float64Array(most),
  centre: new Float64Array(most),
  least: new Float64Array(most),
});

/** Writes a piece, and returns the number of pieces with it. */
const written = (
  to: ReturnType<typeof piecesFor>,
  p: number,
  low: number,
  high: number,
  start: number,
  count: number,
  centre: number,
  least: number,
): number => {
  to.low[p] = low;
  to.high[p] = high;
  to.start[p] = start;
  to.count[p] = count;
  to.centre[p] = centre;
  to.least[p] = least;
  return p + 1;
};
