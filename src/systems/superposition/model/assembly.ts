import type { Dimensions } from "./layout.ts";

/**
 * From derivatives by (A_ij, b_i) to derivatives by (W, b), with A_ij = W_i . W_j. Every loss here is a sum over pairs
 * (receiver i, sender j) of functions of A_ij and b_i; c x c row-major arrays hold their derivatives, already scaled.
 */
export interface SecondDerivatives {
  /** By A_ij. */
  readonly a: Float64Array;
  readonly aa: Float64Array;
  readonly ab: Float64Array;
  readonly bb: Float64Array;
}

/** Overwrites the W part of `gradient`: dL/dW = W S with S = G + G^T. */
export const gradientOfColumns = (w: Float64Array, a: Float64Array, { c, r }: Dimensions, gradient: Float64Array): void => {
  for (let row = 0; row < r; row++) {
    const at = row * c;
    for (let i = 0; i < c; i++) {
      let sum = 0;
      for (let j = 0; j < c; j++) sum += w[at + j] * (a[i * c + j] + a[j * c + i]);
      gradient[at + i] = sum;
    }
  }
};

/** Overwrites `hessian` ((r+1)c x (r+1)c, row-major). */
export const assembleHessian = (w: Float64Array, pairs: SecondDerivatives, { c, r }: Dimensions, hessian: Float64Array): void => {
  const { a, aa, ab, bb } = pairs;
  const size = r * c + c;
  const bias = r * c;
  hessian.fill(0);
  for (let k = 0; k < c; k++)
    for (let m = 0; m < c; m++) {
      const s = a[m * c + k] + a[k * c + m];
      const t = aa[m * c + k] + aa[k * c + m];
      for (let alpha = 0; alpha < r; alpha++) {
        const at = (alpha * c + k) * size;
        // delta_{alpha beta} S_mk + W_{alpha m} T_mk W_{beta k}
        hessian[at + alpha * c + m] += s;
        for (let beta = 0; beta < r; beta++) {
          hessian[at + beta * c + m] += w[alpha * c + m] * t * w[beta * c + k];
          // delta_km sum_j W_{alpha j} T_jk W_{beta j}, one j = m at a time
          hessian[at + beta * c + k] += w[alpha * c + m] * t * w[beta * c + m];
        }
        // d2/dW_{alpha k} db_i: W_{alpha i} M_ik + delta_ik sum_j W_{alpha j} M_kj
        hessian[at + bias + m] += w[alpha * c + m] * ab[m * c + k];
        hessian[at + bias + k] += w[alpha * c + m] * ab[k * c + m];
      }
      hessian[(bias + k) * size + bias + k] += bb[k * c + m];
    }
  for (let i = bias; i < size; i++) for (let j = 0; j < bias; j++) hessian[i * size + j] = hessian[j * size + i];
};

/** Overwrites `out` (length (r+1)c) with the diagonal of the Hessian. */
export const assembleHessianDiagonal = (
  w: Float64Array,
  { a, aa, bb }: SecondDerivatives,
  { c, r }: Dimensions,
  out: Float64Array,
): void => {
  out.fill(0);
  for (let k = 0; k < c; k++) {
    for (let alpha = 0; alpha < r; alpha++) {
      const own = w[alpha * c + k];
      let sum = 2 * a[k * c + k] + 2 * aa[k * c + k] * own * own;
      for (let j = 0; j < c; j++) {
        const other = w[alpha * c + j];
        sum += other * other * (aa[j * c + k] + aa[k * c + j]);
      }
      out[alpha * c + k] = sum;
    }
    for (let j = 0; j < c; j++) out[r * c + k] += bb[k * c + j];
  }
};
