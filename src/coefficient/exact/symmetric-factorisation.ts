import { fraction } from "../../numerics/fraction.ts";
import { checkCount } from "./checks.ts";
import type { ExactCoefficient } from "./exact-coefficient.ts";

export interface SymmetricFactorisation {
  /** Rows of U: X is n x n. */
  readonly n: number;
  /** Columns of U. */
  readonly k: number;
  /** r <= min(n, k): the rank of X, which is positive semidefinite. */
  readonly rank: number;
}

/**
 * Symmetric factorisation, K = ||U U^T - X||_F^2 with U of n x k:
 * lambda = [rn - r(r - 1)/2]/2 + (n - r)(k - r)/4, m = 1. The matrices of rank r are a manifold of dimension
 * rn - r(r - 1)/2; what is left over is homogeneous of degree 4 and zero at the origin alone.
 */
export const symmetricFactorisation = ({ n, k, rank: r }: SymmetricFactorisation): ExactCoefficient => {
  checkCount("n", n, 1);
  checkCount("k", k, 1);
  checkCount("rank", r, 0, Math.min(n, k));
  return { lambda: fraction(2 * r * n - r * (r - 1) + (n - r) * (k - r), 4), multiplicity: 1, scope: "global" };
};
