import type { SegmentCost } from "./segment-cost.ts";

/**
 * Where the segments of the cheapest partition begin, but for the first: the sum of the segments' costs and a penalty for each change is the least of all
 * partitions. Of equally cheap ones, that whose last changes come first. [Killick, Fearnhead and Eckley 2012]
 */
export const pelt = ({ length, least, at }: SegmentCost, penalty: number): number[] => {
  const best = new Float64Array(length + 1).fill(Infinity);
  const from = new Int32Array(length + 1);
  best[0] = -penalty;
  // Starts of the last segment that may still be the best, and from which end on each is not.
  let starts: number[] = [];
  const endsAt = new Float64Array(length + 1).fill(Infinity);
  for (let end = least; end <= length; end++) {
    if (best[end - least] < Infinity) starts.push(end - least);
    for (const start of starts) {
      const total = best[start] + at(start, end) + penalty;
      if (total < best[end]) [best[end], from[end]] = [total, start];
    }
    // A start that is worse than a change here stays so, once there is room for a segment that begins here.
    for (const start of starts)
      if (endsAt[start] === Infinity && best[start] + at(start, end) > best[end]) endsAt[start] = end + least;
    starts = starts.filter(start => end + 1 < endsAt[start]);
  }
  return changesOf(from, length);
};

/** Follows the starts of last segments from the end. */
export const changesOf = (from: ArrayLike<number>, length: number): number[] => {
  const changes: number[] = [];
  for (let end = from[length]; end > 0; end = from[end]) changes.push(end);
  return changes.reverse();
};
