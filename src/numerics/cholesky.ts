import { LandauError } from "../errors.ts";

/**
 * Overwrites the lower triangle of a symmetric positive definite n x n matrix (row-major) with L, L L^T = matrix, and the rest
 * with 0. Throws a LandauError when a pivot is not positive.
 */
export const choleskyInPlace = (matrix: Float64Array, n: number): void => {
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * n + column];
      for (let k = 0; k < column; k++) sum -= matrix[row * n + k] * matrix[column * n + k];
      if (column < row) matrix[row * n + column] = sum / matrix[column * n + column];
      else if (sum > 0) matrix[row * n + row] = Math.sqrt(sum);
      else
        throw new LandauError(
          "input",
          `the matrix is not positive definite: its pivot ${row} is ${sum}; needs more draws, or a larger diagonal`,
        );
    }
    for (let column = row + 1; column < n; column++) matrix[row * n + column] = 0;
  }
};
