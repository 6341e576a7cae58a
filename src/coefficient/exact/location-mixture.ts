import { compareFractions, fraction, plus, smallest, times } from "../../numerics/fraction.ts";
import { checkCount, readFraction } from "./checks.ts";
import type { ExactCoefficient } from "./exact-coefficient.ts";

export interface LocationMixture {
  /** H, in the model. */
  readonly components: number;
  /** j <= H distinct atoms with positive weights, in the truth. */
  readonly trueComponents: number;
  /** d: of the space in which the atoms lie. */
  readonly dim: number;
  /** alpha > 0: the Dirichlet prior of the weights. */
  readonly dirichlet: number | string;
}

/**
 * A mixture of H components of one known shape in R^d, of which only the locations and weights are learnt:
 *
 *     lambda = (j - 1 + jd)/2 + (H - j) min(alpha/2, d/4),   m = 1, but 1 + (H - j) when alpha/2 = d/4.
 *
 * Weights are not negative, so that near a true atom K is comparable to (weight error)^2 + (mean error)^2 + (spread)^2, and
 * each spare component adds either a vanishing weight or a vanishing spread. d = 1, alpha = 1 gives (H + 3j - 2)/4.
 * [Yamazaki and Watanabe 2003, Neural Networks 16]
 */
export const locationMixture = ({
  components: H,
  trueComponents: j,
  dim: d,
  dirichlet,
}: LocationMixture): ExactCoefficient => {
  checkCount("components", H, 1);
  checkCount("trueComponents", j, 1, H);
  checkCount("dim", d, 1);
  const byWeight = times(fraction(1, 2), readFraction("dirichlet", dirichlet, { limit: 0, open: true }));
  const bySpread = fraction(d, 4);
  const spare = times(fraction(H - j), smallest([byWeight, bySpread]));
  return {
    lambda: plus(fraction(j - 1 + j * d, 2), spare),
    multiplicity: compareFractions(byWeight, bySpread) === 0 ? 1 + H - j : 1,
    scope: "global",
  };
};
