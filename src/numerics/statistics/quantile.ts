import { invalid } from "../../errors.ts";
import { checkValues } from "./check-values.ts";

/**
 * The p-quantile, 0 <= p <= 1, by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996: position
 * (n - 1) p). `values` may be in any order and is left as it is.
 */
export const quantile = (values: ArrayLike<number>, p: number): number => {
  checkValues("values", values, 1);
  const parted = Float64Array.from(values);
  const last = parted.length - 1;
  if (p >= 0 && p <= 1) {
    const index = Math.floor(last * p);
    select(parted, index);
    // The next in order is the least of what lies after it.
    if (index < last) {
      let least = index + 1;
      for (let i = least; i <= last; i++) if (parted[i] < parted[least]) least = i;
      [parted[index + 1], parted[least]] = [parted[least], parted[index + 1]];
    }
  }
  return sortedQuantile(parted, p);
};

/** Exchanges values until the k-th is where sorting puts it, none before it is larger and none after it smaller, in time n. [Hoare 1961] */
const select = (values: Float64Array, k: number): void => {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const [a, b, c] = [values[low], values[(low + high) >> 1], values[high]];
    const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const moved = values[i];
      values[i++] = values[j];
      values[j--] = moved;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else return;
  }
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
