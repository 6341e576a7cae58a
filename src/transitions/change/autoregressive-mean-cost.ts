import { meanCost } from "./mean-cost.ts";
import type { SegmentCost } from "./segment-cost.ts";

/**
 * Sum of squared innovations of a mean with AR(1) noise of coefficient phi, the same in all segments: y_t - phi y_(t-1) around its mean. A segment's
 * first value is taken as given.
 */
export const autoregressiveMeanCost = (values: ArrayLike<number>, phi: number): SegmentCost => {
  const innovations = Float64Array.from({ length: values.length }, (_, i) =>
    i > 0 ? values[i] - phi * values[i - 1] : 0,
  );
  const cost = meanCost(innovations.subarray(1));
  return {
    length: values.length,
    least: 2,
    at: (start, end) => cost.at(start, end - 1),
  };
};
