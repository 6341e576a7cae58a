/** What a linear least-squares problem gives. */
export interface LeastSquares {
  readonly solution: Float64Array;
  /** Sum of the squared residuals. */
  readonly squares: number;
  /** Inverse of A^T A (row-major): the covariance of the solution where each row has unit variance. */
  readonly covariance: () => Float64Array;
}

/** Below this share of the largest pivot a column depends on those before it. */
const DEPENDENT = 1e-12;

/**
 * Least squares of A x = y for A with n rows of k columns, row-major, n >= k, by Householder reflections; both are overwritten. Null where the columns
 * are not independent.
 */
export const leastSquares = (A: Float64Array, y: Float64Array, n: number, k: number): LeastSquares | null => {
  const pivots = new Float64Array(k);
  let largest = 0;
  for (let c = 0; c < k; c++) {
    let norm = 0;
    for (let r = c; r < n; r++) norm += A[r * k + c] * A[r * k + c];
    norm = Math.sqrt(norm);
    largest = Math.max(largest, norm);
    if (!(norm > DEPENDENT * largest)) return null;
    const pivot = A[c * k + c] > 0 ? -norm : norm;
    // The reflection's vector takes the place of the column.
    A[c * k + c] -= pivot;
    const scale = -1 / (pivot * A[c * k + c]);
    for (let j = c + 1; j < k; j++) {
      let along = 0;
      for (let r = c; r < n; r++) along += A[r * k + c] * A[r * k + j];
      along *= scale;
      for (let r = c; r < n; r++) A[r * k + j] -= along * A[r * k + c];
    }
    let along = 0;
    for (let r = c; r < n; r++) along += A[r * k + c] * y[r];
    along *= scale;
    for (let r = c; r < n; r++) y[r] -= along * A[r * k + c];
    pivots[c] = pivot;
  }
  const solution = new Float64Array(k);
  for (let i = k - 1; i >= 0; i--) {
    let rest = y[i];
    for (let j = i + 1; j < k; j++) rest -= A[i * k + j] * solution[j];
    solution[i] = rest / pivots[i];
  }
  let squares = 0;
  for (let r = k; r < n; r++) squares += y[r] * y[r];
  return { solution, squares, covariance: () => inverseOfGram(A, pivots, k) };
};

/** (R^T R)^-1 for R with the given diagonal and, above it, the entries of A. */
const inverseOfGram = (A: Float64Array, pivots: Float64Array, k: number): Float64Array => {
  const inverse = new Float64Array(k * k);
  for (let c = 0; c < k; c++) {
    inverse[c * k + c] = 1 / pivots[c];
    for (let i = c - 1; i >= 0; i--) {
      let sum = 0;
      for (let j = i + 1; j <= c; j++) sum += A[i * k + j] * inverse[j * k + c];
      inverse[i * k + c] = -sum / pivots[i];
    }
  }
  const out = new Float64Array(k * k);
  for (let a = 0; a < k; a++)
    for (let b = 0; b < k; b++) {
      let sum = 0;
      for (let c = Math.max(a, b); c < k; c++) sum += inverse[a * k + c] * inverse[b * k + c];
      out[a * k + b] = sum;
    }
  return out;
};
