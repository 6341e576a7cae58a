import type { Fraction } from "../../numerics/fraction.ts";

/**
 * A learning coefficient that is known exactly. K(w) >= 0 is the loss minus its minimum; the largest pole of
 * z -> int K(w)^z prior(w) dw is at z = -lambda and has order `multiplicity`. Constants in front of K do not matter, nor
 * does a prior that is positive and bounded.  [Watanabe 2009, chapters 2 and 6]
 */
export interface ExactCoefficient {
  readonly lambda: Fraction;
  readonly multiplicity: number;
  /** The smallest value over the whole set of minima, or the value at one point of it; local >= global. */
  readonly scope: "global" | "local";
}
