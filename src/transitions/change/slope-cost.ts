import { centred, prefixSums, type SegmentCost } from "./segment-cost.ts";

/** Sum of squared distances from the segment's own line over the index. */
export const slopeCost = (values: ArrayLike<number>): SegmentCost => {
  const y = centred(values);
  const n = y.length;
  const first = prefixSums(n, i => y[i]);
  const second = prefixSums(n, i => y[i] * y[i]);
  const moment = prefixSums(n, i => (i - n / 2) * y[i]);
  return {
    length: n,
    least: 2,
    at: (start, end) => {
      const count = end - start;
      const sum = first[end] - first[start];
      const middle = (start + end - 1) / 2 - n / 2;
      // Sum of (i - middle)^2 and of (i - middle) y.
      const spread = (count * (count * count - 1)) / 12;
      const product = moment[end] - moment[start] - middle * sum;
      return Math.max(0, second[end] - second[start] - (sum * sum) / count - (product * product) / spread);
    },
  };
};
