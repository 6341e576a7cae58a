/** Ranks from 1 of numbers, ties sharing their mean. */
export const ranksOf = (values: ArrayLike<number>): Float64Array => {
  const sorted = Float64Array.from(values).sort();
  /** How many are below a value, or up to it. */
  const countOf = (value: number, isUpTo: boolean): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < value || (isUpTo && sorted[middle] === value)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return Float64Array.from(values, value => (countOf(value, false) + countOf(value, true) + 1) / 2);
};
