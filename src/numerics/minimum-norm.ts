import { choleskyInPlace, choleskySolve } from "./cholesky.ts";

/**
 * The solution x = H^T (H H^T)^-1 y of least norm of H x = y, for a matrix H (rows x columns, row-major) of independent rows, factored once:
 * `solve` overwrites y, of length `rows`, and writes x at out[k stride + from].
 */
export const minimumNorm = (H: Float64Array, rows: number, columns: number) => {
  const L = new Float64Array(rows * rows);
  for (let n = 0; n < rows; n++)
    for (let other = 0; other <= n; other++) {
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += H[n * columns + k] * H[other * columns + k];
      L[n * rows + other] = sum;
    }
  choleskyInPlace(L, rows);
  return {
    solve(y: Float64Array, out: Float64Array, from = 0, stride = 1): void {
      choleskySolve(L, rows, y);
      for (let k = 0; k < columns; k++) {
        let sum = 0;
        for (let n = 0; n < rows; n++) sum += H[n * columns + k] * y[n];
        out[k * stride + from] = sum;
      }
    },
  };
};
