import { gramSpectrum } from "../../../coefficient/exact/gram-spectrum.ts";
import { workspace } from "../../../engine/kernels/workspace.ts";
import { centreColumns } from "../../../numerics/centre-columns.ts";
import { countAbove } from "../../../numerics/count-above.ts";
import { singularValues } from "../../../numerics/singular-values.ts";
import { spectrumArrays, symmetricSpectrum } from "../../../numerics/symmetric-spectrum.ts";
import { transpose } from "../../../numerics/transpose.ts";
import { type Dimensions, weightsOf } from "../model/layout.ts";
import type { Pairs } from "../model/pairs.ts";

export interface JacobianOptions {
  /** Of residuals with their mean over the pairs taken off, output by output. */
  readonly centred?: boolean;
}

/**
 * Derivatives of the residuals, N p rows (n, c) and 3 p K columns (A, B, C as in the flat vector), row-major:
 * df_nc/dA_ka = 2 s_kn C_kc [a = a_n], df_nc/dB_kb = 2 s_kn C_kc [b = b_n], df_nc/dC_kc' = h_kn [c = c'].
 */
export const jacobian = (
  w: Float64Array,
  { p, K }: Dimensions,
  { a, b }: Pick<Pairs, "a" | "b">,
  { centred = false }: JacobianOptions = {},
): Float64Array => {
  const { A, B, C } = weightsOf(w, { p, K });
  const count = a.length;
  const columns = 3 * p * K;
  const J = new Float64Array(count * p * columns);
  for (let n = 0; n < count; n++)
    for (let k = 0; k < K; k++) {
      const s = A[k * p + a[n]] + B[k * p + b[n]];
      for (let c = 0; c < p; c++) {
        const row = (n * p + c) * columns;
        J[row + k * p + a[n]] = 2 * s * C[k * p + c];
        J[row + K * p + k * p + b[n]] = 2 * s * C[k * p + c];
        J[row + 2 * K * p + k * p + c] = s * s;
      }
    }
  if (centred) centreColumns(J, count, p * columns);
  return J;
};

/** Singular values of the Jacobian, descending. For small tables: (N p) (3 p K) min(N p, 3 p K) operations. */
export const jacobianSingularValues = (
  w: Float64Array,
  dimensions: Dimensions,
  pairs: Pick<Pairs, "a" | "b">,
  options: JacobianOptions = {},
): Float64Array => {
  const rows = pairs.a.length * dimensions.p;
  return singularValues(jacobian(w, dimensions, pairs, options), rows, 3 * dimensions.p * dimensions.K);
};

/** Singular values above 1e-9 of the largest. */
export const rankOf = (singular: Float64Array): number => countAbove(singular, 1e-9);

/**
 * Eigenvalues of J J^T / N, descending: the curvatures of the loss where its residuals vanish, zeros included, N p of them. From the
 * kernel, without J:
 *
 *     (J J^T)[(n, c), (n', c')] = [c = c'] sum_k h_kn h_kn' + 4 ([a_n = a_n'] + [b_n = b_n']) sum_k C_kc C_kc' s_kn s_kn'.
 *
 * Memory (N p)^2 numbers, about (N p)^3 multiply-adds. Where 3 p K < N p the other product, J^T J / N, is diagonalised.
 */
export const curvatures = (
  w: Float64Array,
  { p, K }: Dimensions,
  pairs: Pick<Pairs, "a" | "b">,
  { centred = false }: JacobianOptions = {},
): Float64Array => {
  const count = pairs.a.length;
  const [rows, columns] = [count * p, 3 * p * K];
  const spectrum =
    rows <= columns
      ? fromKernel(w, { p, K }, pairs, centred)
      : gramSpectrum(jacobian(w, { p, K }, pairs, { centred }), rows, columns);
  const out = new Float64Array(rows);
  const largest = spectrum[spectrum.length - 1] ?? 0;
  // What is below is rounding.
  spectrum.forEach((value, i) => {
    out[spectrum.length - 1 - i] = value > 1e-12 * largest ? value / count : 0;
  });
  return out;
};

const fromKernel = (
  w: Float64Array,
  { p, K }: Dimensions,
  { a, b }: Pick<Pairs, "a" | "b">,
  centred: boolean,
): Float64Array => {
  const count = a.length;
  const size = count * p;
  const { arrays, multiply } = workspace({
    ...spectrumArrays(size),
    h: count * K,
    hh: count * count,
    C: K * p,
    CsS: p * K,
    block: p * p,
  });
  const { matrix, h, hh, C, CsS, block } = arrays;
  const weights = weightsOf(w, { p, K });
  const s = new Float64Array(count * K);
  const Ct = new Float64Array(p * K);
  transpose(weights.C, K, p, Ct);
  C.set(weights.C);
  for (let n = 0; n < count; n++)
    for (let k = 0; k < K; k++) {
      const value = weights.A[k * p + a[n]] + weights.B[k * p + b[n]];
      s[n * K + k] = value;
      h[n * K + k] = value * value;
    }
  multiply({ m: count, n: count, k: K, transposeB: true }, h, h, hh);
  for (let n = 0; n < count; n++)
    for (let other = 0; other <= n; other++) {
      const shared = (a[n] === a[other] ? 4 : 0) + (b[n] === b[other] ? 4 : 0);
      if (shared > 0) {
        for (let c = 0; c < p; c++)
          for (let k = 0; k < K; k++) CsS[c * K + k] = shared * Ct[c * K + k] * s[n * K + k] * s[other * K + k];
        multiply({ m: p, n: p, k: K }, CsS, C, block);
      }
      const same = hh[n * count + other];
      for (let c = 0; c < p; c++)
        for (let d = 0; d < p; d++) {
          const value = (shared > 0 ? block[c * p + d] : 0) + (c === d ? same : 0);
          matrix[(n * p + c) * size + other * p + d] = value;
          matrix[(other * p + d) * size + n * p + c] = value;
        }
    }
  if (centred) {
    centreColumns(matrix, count, p * size);
    for (let row = 0; row < size; row++) centreColumns(matrix.subarray(row * size, (row + 1) * size), count, p);
  }
  return symmetricSpectrum(size, arrays, multiply);
};

/** Eigenvalues above 1e-11 of the largest. */
export const spectralRank = (descending: Float64Array): number => countAbove(descending, 1e-11);
