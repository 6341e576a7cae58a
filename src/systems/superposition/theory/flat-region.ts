import { invalid } from "../../../errors.ts";
import { kgonPoint, solveKgon } from "./kgon.ts";
import { type PointReport, pointReport } from "./kgon-report.ts";
import { levelLoss } from "./levels.ts";

/** A k-gon with one of its vestigial features moved off the origin; the others stay at zero. */
export interface MovedVestigial {
  readonly c: number;
  readonly k: number;
  /** W_v, with the first vertex of the polygon at angle 0. */
  readonly vestigialColumn: readonly [number, number];
  /** b_v. */
  readonly vestigialBias: number;
}

/** Any negative bias will do for the vestigial features that stay at zero. */
const RESTING_BIAS = -0.5;

/** The flat parameters of the moved polygon. The moved feature is the first one behind the vertices. */
export const movedPoint = ({ c, k, vestigialColumn: [x, y], vestigialBias }: MovedVestigial): Float64Array => {
  if (!(c > k)) throw invalid("c", c, `more than k = ${k}: a vestigial feature to move`);
  const w = kgonPoint({ k, c, sigma: 0, vestigialBias: RESTING_BIAS, rotation: 0 });
  w[k] = x;
  w[c + k] = y;
  w[2 * c + k] = vestigialBias;
  return w;
};

/**
 * Whether the loss is exactly that of the resting polygon: no vertex answers to the vestigial feature
 * (W_v . W_j <= -bias for all vertices j), and it answers to nothing (b_v <= -max(|W_v|^2, max_j W_v . W_j)).
 * The three parameters of a negative vestigial feature are therefore flat directions of a k-gon with k >= 5.
 */
export const isFlat = (moved: MovedVestigial): boolean => {
  const { c, k, vestigialBias } = moved;
  const w = movedPoint(moved);
  const [x, y] = moved.vestigialColumn;
  let largest = x * x + y * y;
  for (let j = 0; j < k; j++) {
    const overlap = x * w[j] + y * w[c + j];
    if (overlap > -solveKgon(k).bias) return false;
    largest = Math.max(largest, overlap);
  }
  return vestigialBias <= -largest;
};

/** The loss at the moved polygon, its excess over the level of the resting one, and the norm of its gradient. */
export const flatRegion = (moved: MovedVestigial): PointReport & { readonly excess: number } => {
  const { c, k } = moved;
  const { loss, gradNorm } = pointReport(c, movedPoint(moved));
  return { loss, excess: loss - levelLoss({ c, live: k, sigma: 0 }), gradNorm };
};
