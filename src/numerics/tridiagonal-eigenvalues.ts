import { invalid, LandauError } from "../errors.ts";

const MOST_SWEEPS = 60;

/**
 * Eigenvalues, ascending, of a symmetric tridiagonal matrix with `diagonal` (n) and `offDiagonal` (n - 1), by implicit QL steps;
 * both arrays are used up. Errors are a small multiple of 2^-52 of the largest entry.  [Dubrulle 1970; EISPACK imtql1]
 */
export const tridiagonalEigenvalues = (diagonal: Float64Array, offDiagonal: Float64Array): Float64Array => {
  const n = diagonal.length;
  if (offDiagonal.length !== n - 1) throw invalid("the length of offDiagonal", offDiagonal.length, `${n - 1}`);
  const d = diagonal;
  const e = new Float64Array(n);
  e.set(offDiagonal);
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(d[i]) + Math.abs(e[i]));
  if (!(largest < Infinity)) throw invalid("the largest entry", largest, "finite entries");
  const negligible = Number.EPSILON * 0.5 * largest;
  for (let l = 0; l < n; l++)
    for (let sweep = 0; ; sweep++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]) > negligible) m++;
      if (m === l) break;
      if (sweep === MOST_SWEEPS)
        throw new LandauError(
          "diverged",
          `eigenvalue ${l} of ${n} did not settle in ${MOST_SWEEPS} sweeps: needs finite entries`,
        );
      qlStep(d, e, l, m);
    }
  return d.sort();
};

/** One implicit step with Wilkinson's shift on the unreduced block l..m. */
const qlStep = (d: Float64Array, e: Float64Array, l: number, m: number): void => {
  let g = (d[l + 1] - d[l]) / (2 * e[l]);
  let r = Math.sqrt(g * g + 1);
  g = d[m] - d[l] + e[l] / (g + (g >= 0 ? r : -r));
  let [s, c, p] = [1, 1, 0];
  for (let i = m - 1; i >= l; i--) {
    const f = s * e[i];
    const b = c * e[i];
    r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= p;
      e[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1] - p;
    r = (d[i] - g) * s + 2 * c * b;
    p = s * r;
    d[i + 1] = g + p;
    g = c * r - b;
  }
  d[l] -= p;
  e[l] = g;
  e[m] = 0;
};
