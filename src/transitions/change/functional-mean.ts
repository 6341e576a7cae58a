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
  // Levels in pieces: piece p ends at edges[p] and its last segment begins at starts[p].
  let [edges, starts] = [[Infinity], [0]];
  for (let end = 1; end <= n; end++) {
    let low = -Infinity;
    let least = Infinity;
    for (let p = 0; p < starts.length; p++) {
      const start = starts[p];
      const count = end - start;
      const sum = first[end] - first[start];
      const level = Math.min(edges[p], Math.max(low, sum / count));
      const cost = best[start] + penalty + second[end] - second[start] + level * (count * level - 2 * sum);
      if (cost < least) [least, from[end]] = [cost, start];
      low = edges[p];
    }
    best[end] = least;
    if (end === n) break;
    // A segment that begins here costs the same at every level.
    const [newEdges, newStarts]: [number[], number[]] = [[], []];
    const push = (edge: number, start: number): void => {
      if (newStarts[newStarts.length - 1] === start) newEdges[newEdges.length - 1] = edge;
      else {
        newEdges.push(edge);
        newStarts.push(start);
      }
    };
    low = -Infinity;
    for (let p = 0; p < starts.length; p++) {
      const [start, edge] = [starts[p], edges[p]];
      const count = end - start;
      const centre = (first[end] - first[start]) / count;
      const depth = least - best[start] - (second[end] - second[start] - centre * centre * count);
      const half = depth > 0 ? Math.sqrt(depth / count) : -1;
      const [left, right] = [Math.max(low, centre - half), Math.min(edge, centre + half)];
      if (left < right) {
        if (low < left) push(left, end);
        push(right, start);
        if (right < edge) push(edge, end);
      } else push(edge, end);
      low = edge;
    }
    [edges, starts] = [newEdges, newStarts];
  }
  return changesOf(from, n);
};
