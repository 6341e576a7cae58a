import { invalid } from "../../errors.ts";
import { checkValues } from "./check-values.ts";

/**
 * The p-quantile, 0 <= p <= 1, by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996: position
 * (n - 1) p). `values` may be in any order and is left as it is.
 */
export const quantile = (values: ArrayLike<number>, p: number): number => {
  checkValues("values", values, 1);
  return sortedQuantile(Float64Array.from(values).sort(), p);
};

/** The same for values already in ascending order. */
export const sortedQuantile = (sorted: Float64Array, p: number): number => {
  if (!(p >= 0 && p <= 1)) throw invalid("p", p, "a number from 0 to 1");
  const position = (sorted.length - 1) * p;
  const index = Math.floor(position);
  const low = sorted[index];
  const high = sorted[Math.min(index + 1, sorted.length - 1)];
  return low + (position - index) * (high - low);
};

/** How many of ascending numbers are at most the bound. */
export const countAtMost = (sorted: Float64Array, bound: number): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** How many of ascending numbers are below the bound. */
export const countBelow = (sorted: Float64Array, bound: number): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < bound) low = middle + 1;
    else high = middle;
  }
  return low;
};
