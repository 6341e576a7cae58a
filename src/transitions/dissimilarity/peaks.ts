import { invalid } from "../../errors.ts";

export interface PeakOptions {
  /** Standard errors of the values: one for all, or one each. */
  readonly se: number | ArrayLike<number>;
  /** What the values are where nothing changes. */
  readonly floor: number;
  /** Standard errors by which a peak stands above the floor and above its surroundings. */
  readonly z: number;
  /** Of peaks closer than so many places the higher one is kept. */
  readonly minSep: number;
}

export interface Peak {
  readonly index: number;
  /** Of the vertex of the parabola through the peak and its neighbours, in places. */
  readonly offset: number;
  readonly prominence: number;
  readonly height: number;
}

/**
 * Local maxima i (D[i-1] < D[i] >= D[i+1]) that stand above the floor, and by their prominence above their surroundings, by more than z standard
 * errors. Prominence is the height above the larger of the two minima between the peak and the next higher value, or the one minimum where
 * a side reaches the edge without meeting one; where neither side does, above the larger of the two. Ends of the list are no peaks.
 */
export const findPeaks = (D: ArrayLike<number>, { se, floor, z, minSep }: PeakOptions): Peak[] => {
  if (typeof se !== "number" && se.length !== D.length)
    throw invalid("the length of se", se.length, `${D.length}, as D has, or a single number`);
  const errorAt = (i: number): number => (typeof se === "number" ? se : se[i]);
  const found: Peak[] = [];
  for (let i = 1; i < D.length - 1; i++) {
    if (!(D[i] > D[i - 1] && D[i] >= D[i + 1])) continue;
    const prominence = prominenceAt(D, i);
    const least = z * errorAt(i);
    if (D[i] - floor > least && prominence > least)
      found.push({ index: i, offset: offsetAt(D, i), prominence, height: D[i] });
  }
  const kept: Peak[] = [];
  for (const peak of [...found].sort((a, b) => b.height - a.height || a.index - b.index))
    if (kept.every(({ index }) => Math.abs(index - peak.index) >= minSep)) kept.push(peak);
  return kept.sort((a, b) => a.index - b.index);
};

const offsetAt = (D: ArrayLike<number>, i: number): number => {
  const curvature = D[i - 1] - 2 * D[i] + D[i + 1];
  return curvature === 0 ? 0 : (D[i - 1] - D[i + 1]) / (2 * curvature);
};

/** Height above the larger of the minima on both sides up to the next higher value. */
export const prominenceAt = (D: ArrayLike<number>, i: number): number => D[i] - D[baseOf(D, i)];

/** Where that minimum is. */
export const baseOf = (D: ArrayLike<number>, i: number): number => {
  const sides = [lowestTowards(D, i, -1), lowestTowards(D, i, 1)];
  const closed = sides.filter(side => side.closed);
  const [first, second] = closed.length === 1 ? [closed[0], closed[0]] : sides;
  return D[first.index] >= D[second.index] ? first.index : second.index;
};

/** The lowest value on one side up to the next higher one, and whether there is one. */
const lowestTowards = (
  D: ArrayLike<number>,
  i: number,
  step: 1 | -1,
): { readonly index: number; readonly closed: boolean } => {
  let index = i;
  for (let j = i + step; j >= 0 && j < D.length; j += step) {
    if (D[j] > D[i]) return { index, closed: true };
    if (D[j] < D[index]) index = j;
  }
  return { index, closed: false };
};
