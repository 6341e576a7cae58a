import { centred, prefixSums, type SegmentCost } from "./segment-cost.ts";

/** Sum of squared distances from the segment's mean. */
export const meanCost = (values: ArrayLike<number>): SegmentCost => {
  const y = centred(values);
  const [first, second] = [prefixSums(y.length, i => y[i]), prefixSums(y.length, i => y[i] * y[i])];
  return {
    length: y.length,
    least: 1,
    at: (start, end) => {
      const sum = first[end] - first[start];
      return Math.max(0, second[end] - second[start] - (sum * sum) / (end - start));
    },
  };
};
