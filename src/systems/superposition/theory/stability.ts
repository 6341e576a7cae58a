import type { Signature } from "../../../numerics/signature.ts";
import type { Placed } from "./families.ts";
import { squareVariation } from "./square-variation.ts";

export type CriticalType = "minimum" | "saddle";

/**
 * What a family of critical points is on the population loss; minima up to flat directions.
 *
 * Triangles and 4-gons: minima without positive vestigial biases, as H is then nowhere less than the number of features that are
 * not live; saddles where a dead vertex meets a positive bias, see `unstablePair`; else by the second variation, saddles where
 * many negative vestigial columns can follow few positive ones (first at c = 9). k-gons with k >= 5: minima for k <= 9 when none or
 * all of the vestigial biases are positive, saddles when some are, and from k = 10 on.
 */
export const criticalType = ({ c, k, sigma, phi }: Placed): CriticalType => {
  if (k <= 4) {
    if (sigma === 0) return "minimum";
    return phi >= 1 || squareVariation({ c, sigma }) < 0 ? "saddle" : "minimum";
  }
  return k <= 9 && (sigma === 0 || sigma === c - k) ? "minimum" : "saddle";
};

/** Negative eigenvalues of the Hessian at a k-gon that uses every feature (c = k). The 4-gon has no Hessian. */
const descending: { readonly [k: number]: number } = { 5: 0, 6: 0, 7: 0, 8: 0, 9: 0, 10: 2, 11: 8, 12: 1 };

/**
 * Signature of the Hessian at k^{sigma+} among c features, for k from 5 to 12; null where there is no Hessian or the
 * polygon's own part is not tabulated.
 *
 * One zero for the rotation and three for each negative vestigial feature. Where positive and negative ones meet, the sum
 * of the positive columns is coupled to the sum of the negative ones, which had no curvature of their own: a matrix
 * [[p, q], [q, 0]] in each of the two hidden dimensions, so two of the zeros become negative.
 */
export const expectedSignature = ({ c, k, sigma, phi }: Placed): Signature | null => {
  const own = descending[k];
  if (own === undefined || phi > 0) return null;
  const coupled = sigma > 0 && sigma < c - k ? 2 : 0;
  const nNegative = own + coupled;
  const nZero = 1 + 3 * (c - k - sigma) - coupled;
  return { nNegative, nZero, nPositive: 3 * c - nNegative - nZero };
};

/**
 * The eigenvalues (1 -+ sqrt 2) / (2 c^2) of the block that makes 4^{sigma+,phi-} a saddle: a positive vestigial column
 * grows along a dead column by x while that one shrinks by y, at a cost of (2 x^2 - 2 x y) / (4 c^2) in L.
 */
export const unstablePair = (c: number): { readonly negative: number; readonly positive: number } => ({
  negative: (1 - Math.SQRT2) / (2 * c * c),
  positive: (1 + Math.SQRT2) / (2 * c * c),
});
