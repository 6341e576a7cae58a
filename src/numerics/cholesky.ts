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

/** Overwrites x, of length n, with (L L^T)^-1 x, L of `choleskyInPlace`. */
export const choleskySolve = (L: Float64Array, n: number, x: Float64Array): void => {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) x[i] -= L[i * n + j] * x[j];
    x[i] /= L[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) x[i] -= L[j * n + i] * x[j];
    x[i] /= L[i * n + i];
  }
};
