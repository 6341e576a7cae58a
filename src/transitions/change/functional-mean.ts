import { changesOf } from "./pelt.ts";
import { centred, prefixSums } from "./segment-cost.ts";

/**
 * The partition that `pelt` finds for the mean, by functional pruning: for each level that the last segment may have, only the start that is best there is
 * kept, which are few even where no change is near. [Maidstone, Hocking, Rigaill and Fearnhead 2017]
 */
export const functionalMean = (values: ArrayLike<number>, penalty: number): number[] => {
  const y = centred(values);
  const n = y.length;
  const first = prefixSums(n, i => y[i]);
  const second = prefixSums(n, i => y[i] * y[i]);
  // Best cost of the first i values, each segment with a penalty but the first.
  const best = new Float64Array(n + 1);
  best[0] = -penalty;
  const from = new Int32Array(n + 1);
  // Levels in pieces: piece p ends at edges[p] and its last segment begins at starts[p]. Those of the next value are written beside them.
  let [edges, starts, pieces] = [[Infinity], [0], 1];
  let [nextEdges, nextStarts]: [number[], number[]] = [[], []];
  for (let end = 1; end <= n; end++) {
    let low = -Infinity;
    let least = Infinity;
    for (let p = 0; p < pieces; p++) {
      const start = starts[p];
      const count = end - start;
      const sum = first[end] - first[start];
      const edge = edges[p];
      let level = sum / count;
      if (level < low) level = low;
      else if (level > edge) level = edge;
      const cost = best[start] + penalty + second[end] - second[start] + level * (count * level - 2 * sum);
      if (cost < least) {
        least = cost;
        from[end] = start;
      }
      low = edge;
    }
    best[end] = least;
    // A segment that begins here costs the same at every level; neighbouring pieces of it are one.
    let count = 0;
    const push = (edge: number, start: number): void => {
      if (count > 0 && nextStarts[count - 1] === start) count--;
      nextEdges[count] = edge;
      nextStarts[count++] = start;
    };
    low = -Infinity;
    for (let p = 0; p < pieces; p++) {
      const start = starts[p];
      const edge = edges[p];
      const length = end - start;
      const centre = (first[end] - first[start]) / length;
      const depth = least - best[start] - (second[end] - second[start] - centre * centre * length);
      const half = depth > 0 ? Math.sqrt(depth / length) : -1;
      const left = Math.max(centre - half, low);
      const right = Math.min(centre + half, edge);
      if (left < right) {
        if (low < left) push(left, end);
        push(right, start);
        if (right < edge) push(edge, end);
      } else push(edge, end);
      low = edge;
    }
    [edges, nextEdges] = [nextEdges, edges];
    [starts, nextStarts] = [nextStarts, starts];
    pieces = count;
  }
  return changesOf(from, n);
};
