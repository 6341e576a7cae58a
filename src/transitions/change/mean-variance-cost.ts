import { log } from "../../numerics/elementary.ts";
import { meanCost } from "./mean-cost.ts";
import type { SegmentCost } from "./segment-cost.ts";

/** Share of the variance of the whole series below which a segment's variance does not go: equal values have no likelihood. */
const FLOOR = 1e-8;

/** -2 ln likelihood of normal values with the segment's own mean and variance, up to a constant for each value. */
export const meanVarianceCost = (values: ArrayLike<number>): SegmentCost => {
  const squares = meanCost(values);
  const n = values.length;
  const floor = (FLOOR * squares.at(0, n)) / n || 1;
  return {
    length: n,
    least: 2,
    at: (start, end) => {
      const count = end - start;
      const sum = squares.at(start, end);
      const variance = Math.max(floor, sum / count);
      return count * log(variance) + sum / variance;
    },
  };
};
