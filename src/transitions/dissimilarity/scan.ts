import { checkControl, checkSegment, type LargestValue, largestOf, splitsOf } from "./grid.ts";
import { type ByMeasure, byMeasure, checkDistribution, checkSameLength, dissimilarityOf } from "./measures.ts";

/** Dissimilarities of the segments on both sides of each split. */
export interface Scan extends ByMeasure<readonly number[]> {
  readonly splits: readonly number[];
}

/**
 * The scan of distributions over a control parameter: at each split the dissimilarity of the mean of L distributions on its left from that of L on
 * its right. [arXiv 2405.17088, section 2]
 *
 * @param P A distribution over the same outcomes for each value of the control
 * @param T The values of the control, ascending; they need not be evenly spaced
 */
export const segmentScan = (P: readonly ArrayLike<number>[], T: ArrayLike<number>, L: number): Scan => {
  checkControl(T);
  P.forEach((p, k) => {
    checkDistribution(`P[${k}]`, p);
    checkSameLength(P[0], p);
  });
  return scanOf(P, T, L);
};

/** The same of what is known to be distributions. */
export const scanOf = (P: readonly ArrayLike<number>[], T: ArrayLike<number>, L: number): Scan => {
  const splits = splitsOf(T, L);
  const found = splits.map((_, i) => splitDissimilarity(P, i, L));
  return { splits, ...byMeasure(name => found.map(each => each[name])) };
};

/** Dissimilarities at the i-th split: rows i, ..., i+L-1 against rows i+L, ..., i+2L-1. */
export const splitDissimilarity = (P: readonly ArrayLike<number>[], i: number, L: number): ByMeasure => {
  checkSegment(L, P.length);
  if (L === 1) return dissimilarityOf(P[i], P[i + 1]);
  return dissimilarityOf(segmentMean(P, i, L), segmentMean(P, i + L, L));
};

/** Mean of the rows from, ..., from + L - 1. */
export const segmentMean = (P: readonly ArrayLike<number>[], from: number, L: number): Float64Array => {
  const mean = new Float64Array(P[from].length);
  for (let k = from; k < from + L; k++) for (let x = 0; x < mean.length; x++) mean[x] += P[k][x];
  for (let x = 0; x < mean.length; x++) mean[x] /= L;
  return mean;
};

/** The largest value of a scan by each measure. */
export const peaksOf = ({ splits, ...scan }: Scan): ByMeasure<LargestValue> =>
  byMeasure(name => largestOf(splits, scan[name]));
