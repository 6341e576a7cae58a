import { invalid } from "../errors.ts";
import { tridiagonalEigenvalues } from "./tridiagonal-eigenvalues.ts";

/**
 * Singular values, descending, of a dense rows x columns matrix (row-major; used up), without vectors: Householder steps to a
 * bidiagonal matrix, whose singular values are the positive eigenvalues of the tridiagonal one with its entries interleaved.
 * Errors are a small multiple of 2^-52 of the largest, so that ranks can be read off down to 1e-14.  [Golub & Kahan 1965]
 */
export const singularValues = (matrix: Float64Array, rows: number, columns: number): Float64Array => {
  if (matrix.length !== rows * columns || rows < 1 || columns < 1)
    throw invalid("the length of matrix", matrix.length, `rows x columns = ${rows} x ${columns}`);
  // The shorter side becomes the number of vectors.
  return rows <= columns
    ? bidiagonalise(matrix, columns, rows)
    : bidiagonalise(flipped(matrix, rows, columns), rows, columns);
};

/** `count` vectors of `length` entries, one after the other. */
const bidiagonalise = (x: Float64Array, length: number, count: number): Float64Array => {
  const interleaved = new Float64Array(2 * count - 1);
  const left = new Float64Array(length);
  const right = new Float64Array(count);
  const sums = new Float64Array(length);
  const dots = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    // Makes vector k zero behind its entry k.
    const own = x.subarray(k * length, (k + 1) * length);
    left.set(own);
    interleaved[2 * k] = reflector(left, k, length);
    if (k === count - 1) break;
    // Entry k of the later vectors after that reflection, which the next one makes zero behind k + 1.
    for (let j = k + 1; j < count; j++) {
      const from = j * length;
      let dot = 0;
      for (let i = k; i < length; i++) dot += left[i] * x[from + i];
      dots[j] = dot;
      right[j] = x[from + k] - dot * left[k];
    }
    interleaved[2 * k + 1] = reflector(right, k + 1, count);
    sums.fill(0, k + 1);
    for (let j = k + 1; j < count; j++) {
      const from = j * length;
      const [dot, weight] = [dots[j], right[j]];
      for (let i = k + 1; i < length; i++) {
        const value = x[from + i] - dot * left[i];
        x[from + i] = value;
        sums[i] += weight * value;
      }
    }
    for (let j = k + 1; j < count; j++) {
      const from = j * length;
      const weight = right[j];
      if (weight !== 0) for (let i = k + 1; i < length; i++) x[from + i] -= weight * sums[i];
    }
  }
  return tridiagonalEigenvalues(new Float64Array(2 * count), interleaved)
    .slice(count)
    .map(value => Math.max(0, value))
    .reverse();
};

/** Overwrites v[from..to-1] with u, |u|^2 = 2 or u = 0, so that (1 - u u^T) v is its returned first entry alone. */
const reflector = (v: Float64Array, from: number, to: number): number => {
  let squares = 0;
  for (let i = from; i < to; i++) squares += v[i] * v[i];
  const norm = Math.sqrt(squares);
  if (norm === 0) return 0;
  const first = v[from];
  const alpha = first > 0 ? -norm : norm;
  // |v - alpha e|^2 / 2 = norm (norm + |first|)
  const scale = 1 / Math.sqrt(norm * (norm + Math.abs(first)));
  v[from] = first - alpha;
  for (let i = from; i < to; i++) v[i] *= scale;
  return alpha;
};

const flipped = (matrix: Float64Array, rows: number, columns: number): Float64Array => {
  const out = new Float64Array(matrix.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) out[column * rows + row] = matrix[row * columns + column];
  return out;
};
