import { LandauError } from "../errors.ts";
import { pivotTableau } from "./loops/pivot.ts";
import { fastest } from "./native-loops.ts";

/** Below this an entry of the tableau counts as nought; rows have entries of about 1. */
const NOTHING = 1e-9;
const MOST_PIVOTS = 100_000;
/** Nanoseconds of an entry of the tableau. */
const ENTRY_TIME = 1;

/**
 * A w with z.w > 0 for every one of `count` rows z of `width` entries (row-major), or null where there is none, which is when some convex
 * combination of the rows is nought. By the first phase of the simplex method on that combination, Bland's rule; both answers are checked.  [Gordan 1873]
 */
export const separatingPlane = (rows: Float64Array, count: number, width: number): Float64Array | null => {
  // Constraints: width times sum_i y_i z_i = 0, and sum_i y_i = 1; an artificial variable each, whose sum is to vanish.
  const height = width + 1;
  const stride = count + height + 1;
  const tableau = new Float64Array(height * stride);
  for (let r = 0; r < height; r++) {
    for (let i = 0; i < count; i++) tableau[r * stride + i] = r < width ? rows[i * width + r] : 1;
    tableau[r * stride + count + r] = 1;
  }
  tableau[width * stride + stride - 1] = 1;
  const cost = new Float64Array(stride);
  for (let r = 0; r < height; r++)
    for (let j = 0; j < stride; j++) if (j < count || j === stride - 1) cost[j] -= tableau[r * stride + j];
  const basis = Array.from({ length: height }, (_, r) => count + r);
  for (let pivots = 0; ; pivots++) {
    if (pivots === MOST_PIVOTS) throw new LandauError("diverged", `no answer after ${pivots} pivots`);
    let entering = -1;
    for (let j = 0; j < count && entering < 0; j++) if (cost[j] < -NOTHING) entering = j;
    if (entering < 0) break;
    let leaving = -1;
    let least = Infinity;
    for (let r = 0; r < height; r++) {
      const entry = tableau[r * stride + entering];
      if (!(entry > NOTHING)) continue;
      const ratio = tableau[r * stride + stride - 1] / entry;
      if (ratio < least - 1e-15 || (ratio <= least && basis[r] < basis[leaving])) [leaving, least] = [r, ratio];
    }
    const pivot = fastest("pivotTableau", pivotTableau, ENTRY_TIME * tableau.length);
    pivot(tableau, cost, stride, height, leaving, entering);
    basis[leaving] = entering;
  }
  if (-cost[stride - 1] <= NOTHING) return null;
  // Reduced costs of the artificial variables are 1 less the prices, and no row has a positive product with the prices.
  const plane = Float64Array.from({ length: width }, (_, r) => cost[count + r] - 1);
  return separates(plane, rows, count, width) ? plane : null;
};

const separates = (plane: Float64Array, rows: Float64Array, count: number, width: number): boolean => {
  for (let i = 0; i < count; i++) {
    let along = 0;
    for (let r = 0; r < width; r++) along += plane[r] * rows[i * width + r];
    if (!(along > 0)) return false;
  }
  return true;
};
