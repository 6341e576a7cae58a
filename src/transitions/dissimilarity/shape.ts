/** What happened between the values of the control: one change from p to q, a single value that differs, or a change spread over several values. */
export type Shape = "boundary" | "outlier" | "ramp";

export interface ShapeReading {
  readonly shape: Shape;
  /** Height of the peak with long segments over that with L = 1, both above their backgrounds: 1 for a boundary. */
  readonly ratio: number;
}

/** A change of dissimilarity with L by more than this share is no boundary. */
const EQUAL = 0.25;

/**
 * Tells the shapes apart by scans with L = 1 and a longer L around a peak: at a boundary D is D[p, q] for every L; that of an outlier falls about
 * as L^-2 and has a twin at L = 1; that of a ramp grows until L is as long as the ramp.
 *
 * @param single Values of the scan with L = 1
 * @param long Values of the scan with L >= 2, whose i-th split is the (i + L - 1)-th of `single`
 * @param L Of the long scan
 * @param at Split of the peak, counted in `single`; the largest of the long scan's range when absent
 * @param backgrounds What both scans are away from the peak
 */
export const shapeOf = (
  single: ArrayLike<number>,
  long: ArrayLike<number>,
  L: number,
  { at, backgrounds = [0, 0] }: { readonly at?: number; readonly backgrounds?: readonly [number, number] } = {},
): ShapeReading | null => {
  const centre = at ?? indexOfLargest(single, 0, single.length - 1);
  // Around the peak, as far as the longer segments reach.
  const narrow = largestNear(single, centre, L) - backgrounds[0];
  const wide = largestNear(long, centre - (L - 1), L) - backgrounds[1];
  if (!(narrow > 0) || !(wide > 0)) return null;
  const ratio = wide / narrow;
  if (ratio > 1 + EQUAL) return { shape: "ramp", ratio };
  return { shape: ratio < 1 - EQUAL ? "outlier" : "boundary", ratio };
};

const largestNear = (values: ArrayLike<number>, centre: number, reach: number): number => {
  const [from, to] = [Math.max(0, centre - reach), Math.min(values.length - 1, centre + reach)];
  return from > to ? Number.NaN : values[indexOfLargest(values, from, to)];
};

const indexOfLargest = (values: ArrayLike<number>, from: number, to: number): number => {
  let best = from;
  for (let i = from + 1; i <= to; i++) if (values[i] > values[best]) best = i;
  return best;
};
