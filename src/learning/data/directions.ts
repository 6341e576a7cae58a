import { symmetricEigen } from "../../numerics/linear-algebra.ts";
import type { Moments } from "./weighted.ts";

/** The eigenvectors of E[x x^T] with the variances along them, and vectors in that basis. */
export interface Directions {
  /** Ascending. */
  readonly variances: Float64Array;
  /** E[x y] by directions. */
  readonly n: number[];
  /** A vector given by directions, in the coordinates of x. */
  back(coefficients: readonly number[]): number[];
}

export const directionsOf = ({ A0, n }: Moments): Directions => {
  const dx = n.length;
  const { values, vectors } = symmetricEigen(Float64Array.from(A0.flat()), dx);
  return {
    variances: values,
    n: Array.from({ length: dx }, (_, i) => n.reduce((sum, nk, k) => sum + vectors[i * dx + k] * nk, 0)),
    back: coefficients =>
      Array.from({ length: dx }, (_, k) => coefficients.reduce((sum, c, i) => sum + c * vectors[i * dx + k], 0)),
  };
};
