import { invalid, LandauError } from "../errors.ts";
import { householderQl } from "./householder-ql.ts";
import { luOf, luSolve } from "./lu.ts";

/* Small dense matrices, off the hot paths: inputs are checked, and answers have the same bits in every engine. */

export interface SymmetricEigen {
  /** Ascending. */
  readonly values: Float64Array;
  /** n x n, row-major; row i is the unit eigenvector of values[i]. */
  readonly vectors: Float64Array;
}

/** Eigenvalues, ascending, of a symmetric n x n matrix (row-major). Throws when the matrix is not symmetric or not finite. */
export const symmetricEigenvalues = (matrix: Float64Array, n: number): Float64Array => symmetricEigen(matrix, n).values;

/** As a share of the largest entry. */
const NOTHING = 1e-100;

/** Eigenvalues and eigenvectors of a symmetric n x n matrix (row-major). Asymmetry up to 1e-10 of the largest entry is averaged away. */
export const symmetricEigen = (matrix: Float64Array, n: number): SymmetricEigen => {
  checkSquare(matrix, n);
  const symmetric = new Float64Array(n * n);
  let largest = 0;
  for (let i = 0; i < matrix.length; i++) largest = Math.max(largest, Math.abs(matrix[i]));
  const scale = largest > 0 && (largest < NOTHING || largest > 1 / NOTHING) ? largest : 1;
  for (let row = 0; row < n; row++)
    for (let column = 0; column <= row; column++) {
      const below = matrix[row * n + column];
      const above = matrix[column * n + row];
      if (Math.abs(below - above) > 1e-10 * largest)
        throw invalid(
          `matrix[${row}][${column}]`,
          below,
          `the value of matrix[${column}][${row}], ${above}: a symmetric matrix`,
        );
      const mean = below + 0.5 * (above - below);
      // The reduction divides by squares of entries, which must not leave the numbers.
      const value = Math.abs(mean) < NOTHING * largest ? 0 : mean / scale;
      symmetric[row * n + column] = value;
      symmetric[column * n + row] = value;
    }
  const { values, vectors } = householderQl(symmetric, n);
  const order = Int32Array.from(values, (_, i) => i);
  // The least of those that are left changes places with the first: of equal ones the order is part of the bits.
  for (let i = 0; i < n; i++) {
    let least = i;
    for (let j = i + 1; j < n; j++) if (values[order[j]] < values[order[least]]) least = j;
    [order[i], order[least]] = [order[least], order[i]];
  }
  const sorted = new Float64Array(n * n);
  for (const [i, from] of order.entries()) sorted.set(vectors.subarray(from * n, (from + 1) * n), i * n);
  return { values: Float64Array.from(order, i => scale * values[i]), vectors: sorted };
};

/**
 * Solution x (length n) of matrix x = rightHandSide, by LU with partial pivoting. Throws when the matrix is singular to working
 * precision: a pivot at most n 2^-52 of the largest one.
 */
export const solveLinear = (matrix: Float64Array, n: number, rightHandSide: Float64Array): Float64Array => {
  checkSquare(matrix, n);
  if (rightHandSide.length !== n)
    throw invalid("the length of rightHandSide", rightHandSide.length, `${n}, the size of the matrix`);
  const lu = luOf(matrix, n);
  const pivots = Array.from({ length: n }, (_, i) => Math.abs(lu.factors[i * n + i]));
  const largest = Math.max(...pivots);
  const smallest = Math.min(...pivots);
  if (!(smallest > n * Number.EPSILON * largest))
    throw new LandauError(
      "input",
      `matrix is singular to working precision: its pivots run from ${smallest} to ${largest}; needs independent rows`,
    );
  return luSolve(lu, rightHandSide);
};

const checkSquare = (matrix: Float64Array, n: number): void => {
  if (!(Number.isSafeInteger(n) && n >= 1)) throw invalid("n", n, "an integer >= 1");
  if (matrix.length !== n * n) throw invalid("the length of matrix", matrix.length, `${n * n}, for ${n} rows of ${n}`);
  const wrong = matrix.findIndex(value => !Number.isFinite(value));
  if (wrong >= 0) throw invalid(`matrix[${Math.floor(wrong / n)}][${wrong % n}]`, matrix[wrong], "a finite number");
};
