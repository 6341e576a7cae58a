/** Kendall's tau-b of two sequences of one length, ties allowed; 0 where one of the two does not vary. In a time of n log n.  [Kendall 1945, Knight 1966] */
export const kendallTau = (x: ArrayLike<number>, y: ArrayLike<number>): number => {
  const n = x.length;
  const order = Array.from({ length: n }, (_, i) => i);
  const isSorted = order.every(i => i === 0 || x[i] > x[i - 1]);
  if (!isSorted) order.sort((i, j) => x[i] - x[j] || y[i] - y[j]);
  const a = Float64Array.from(order, i => x[i]);
  const b = Float64Array.from(order, i => y[i]);
  const tiedX = tiedPairs(n, i => a[i] === a[i - 1]);
  const tiedBoth = tiedPairs(n, i => a[i] === a[i - 1] && b[i] === b[i - 1]);
  // Of pairs that x puts in order, those that y puts in the other.
  const reversed = sortCounting(b);
  const tiedY = tiedPairs(n, i => b[i] === b[i - 1]);
  const pairs = (n * (n - 1)) / 2;
  const scale = Math.sqrt((pairs - tiedX) * (pairs - tiedY));
  return scale > 0 ? (pairs - tiedX - tiedY + tiedBoth - 2 * reversed) / scale : 0;
};

/** Pairs within runs of equal entries. */
const tiedPairs = (n: number, isTied: (i: number) => boolean): number => {
  let [pairs, run] = [0, 0];
  for (let i = 1; i < n; i++) {
    run = isTied(i) ? run + 1 : 0;
    pairs += run;
  }
  return pairs;
};

/** Sorts values by merging and returns how many pairs stood in the wrong order. */
const sortCounting = (values: Float64Array): number => {
  const n = values.length;
  let from: Float64Array = values;
  let to: Float64Array = new Float64Array(n);
  let reversed = 0;
  for (let width = 1; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(start + width, n);
      const end = Math.min(start + 2 * width, n);
      let [left, right] = [start, middle];
      for (let k = start; k < end; k++)
        if (left < middle && (right >= end || from[left] <= from[right])) to[k] = from[left++];
        else {
          to[k] = from[right++];
          reversed += middle - left;
        }
    }
    [from, to] = [to, from];
  }
  if (from !== values) values.set(from);
  return reversed;
};
