import { tridiagonalEigenvalues } from "./tridiagonal-eigenvalues.ts";

/**
 * Eigenvalues, ascending, of a symmetric n x n matrix that is zero beyond `width` places below its diagonal: rotations take off
 * one diagonal after the other, chasing what they fill in out of the matrix. Row i of `band`, bandRow(width) entries long, holds
 * matrix[i][i - width - 1 .. i], the first of them 0. It is used up.  [Rutishauser 1963]
 */
export const bandEigenvalues = (band: Float64Array, n: number, width: number): Float64Array => {
  const row = bandRow(width);
  // band[i, j] lies at i row + (row - 1 - i + j) = i (row - 1) + row - 1 + j.
  const step = row - 1;
  for (let d = width; d >= 2; d--)
    for (let column = 0; column + d < n; column++) {
      // The entry (column + d, column) is taken off; what is filled in d rows further down, likewise.
      for (let target = column, r = column + d; r < n; target = r - 1, r += d) {
        const q = r - 1;
        const qRow = q * step + step;
        const rRow = r * step + step;
        const y = band[rRow + target];
        if (y === 0) break;
        const x = band[qRow + target];
        const norm = Math.sqrt(x * x + y * y);
        const c = x / norm;
        const s = y / norm;
        band[qRow + target] = norm;
        band[rRow + target] = 0;
        for (let j = target + 1; j < q; j++) {
          const upper = band[qRow + j];
          const lower = band[rRow + j];
          band[qRow + j] = c * upper + s * lower;
          band[rRow + j] = c * lower - s * upper;
        }
        const [qq, rq, rr] = [band[qRow + q], band[rRow + q], band[rRow + r]];
        const cross = 2 * c * s * rq;
        band[qRow + q] = c * c * qq + cross + s * s * rr;
        band[rRow + r] = s * s * qq - cross + c * c * rr;
        band[rRow + q] = c * s * (rr - qq) + (c * c - s * s) * rq;
        const end = Math.min(n - 1, r + d);
        for (let i = r + 1, at = i * step + step + q; i <= end; i++, at += step) {
          const before = band[at];
          const after = band[at + 1];
          band[at] = c * before + s * after;
          band[at + 1] = c * after - s * before;
        }
      }
    }
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n - 1);
  for (let i = 0; i < n; i++) {
    diagonal[i] = band[i * step + step + i];
    if (i > 0) offDiagonal[i - 1] = band[i * step + step + i - 1];
  }
  return tridiagonalEigenvalues(diagonal, offDiagonal);
};

/** Entries of a row: the diagonal, `width` before it and one for what is filled in. */
export const bandRow = (width: number): number => width + 2;
