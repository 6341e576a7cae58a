/** What it costs to fit one segment of a series; a segment holds the values start, ..., end - 1. Cutting one in two never costs more. */
export interface SegmentCost {
  /** Values of the series. */
  readonly length: number;
  /** Values that a segment has at least. */
  readonly least: number;
  readonly at: (start: number, end: number) => number;
}

/** Sums of the first i entries, i = 0, ..., n. */
export const prefixSums = (n: number, entry: (i: number) => number): Float64Array => {
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = sums[i] + entry(i);
  return sums;
};

/** Distances from the mean: sums of their squares lose fewer digits. */
export const centred = (values: ArrayLike<number>): Float64Array => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  const mean = sum / values.length;
  const distances = new Float64Array(values.length);
  for (let i = 0; i < distances.length; i++) distances[i] = values[i] - mean;
  return distances;
};
