import { fraction } from "../../numerics/fraction.ts";
import { checkCount } from "./checks.ts";
import type { ExactCoefficient } from "./exact-coefficient.ts";

export interface DiagonalLinear {
  /** d coefficients. */
  readonly dim: number;
  /** s of them are truly non-zero. */
  readonly support: number;
  /** D layers. */
  readonly depth: number;
  /** Whether all layers share their weights. */
  readonly tied: boolean;
}

/**
 * Diagonal linear network: coefficient i is u_i1 u_i2 ... u_iD (untied) or u_i^D (tied), K = sum_i (coefficient - truth)^2.
 *
 *     untied  lambda = d/2                      m = 1 + (d - s)(D - 1)
 *     tied    lambda = s/2 + (d - s)/(2D)       m = 1
 *
 * A sum of independent terms: one regular direction for each true coefficient, and a normal crossing of D factors or a power
 * 2D for each of the others.
 */
export const diagonalLinear = ({ dim, support, depth, tied }: DiagonalLinear): ExactCoefficient => {
  checkCount("dim", dim, 1);
  checkCount("support", support, 0, dim);
  checkCount("depth", depth, 1);
  const spare = dim - support;
  return tied
    ? { lambda: fraction(support * depth + spare, 2 * depth), multiplicity: 1, scope: "global" }
    : { lambda: fraction(dim, 2), multiplicity: 1 + spare * (depth - 1), scope: "global" };
};
