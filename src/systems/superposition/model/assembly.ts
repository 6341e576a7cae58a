import { type Dimensions, sizeOf } from "./layout.ts";

/**
 * A loss of this model is a sum over pairs (receiver i, sender j) of functions of A_ij = W_i . W_j and b_i. These are
 * the derivatives of its terms, one c x c row-major matrix each, with all weights and the scale of the loss in them.
 */
export interface PairDerivatives {
  readonly a: Float64Array;
  readonly aa: Float64Array;
  readonly ab: Float64Array;
  readonly bb: Float64Array;
}

export const pairDerivatives = (c: number): PairDerivatives => {
  const matrix = () => new Float64Array(c * c);
  return { a: matrix(), aa: matrix(), ab: matrix(), bb: matrix() };
};

/** Overwrites `a` (c x c) with A_ij = W_i . W_j. Symmetric to the bit. */
export const overlaps = (w: Float64Array, { c, r }: Dimensions, a: Float64Array): void => {
  for (let i = 0; i < c; i++)
    for (let j = i; j < c; j++) {
      let sum = w[i] * w[j];
      for (let row = c; row < r * c; row += c) sum += w[row + i] * w[row + j];
      a[i * c + j] = sum;
      a[j * c + i] = sum;
    }
};

/** Overwrites the W part of `gradient` with W (G + G^T), where G_ij (c x c) is the derivative by A_ij. */
export const gradientByColumns = (
  w: Float64Array,
  g: Float64Array,
  { c, r }: Dimensions,
  gradient: Float64Array,
): void => {
  for (let i = 0; i < c; i++)
    for (let row = 0; row < r * c; row += c) {
      let sum = 0;
      for (let j = 0; j < c; j++) sum += (g[i * c + j] + g[j * c + i]) * w[row + j];
      gradient[row + i] = sum;
    }
};

/**
 * Overwrites `hessian` (row-major, side (r + 1) c). With S = G + G^T and T = G' + G'^T of the first and second
 * derivatives by A, M = ab and B = bb:
 *
 *     d2L/dW_{alpha k} dW_{beta m} = delta_{alpha beta} S_mk + W_{alpha m} T_mk W_{beta k}
 *                                    + delta_km sum_j W_{alpha j} T_jk W_{beta j}
 *     d2L/dW_{alpha k} db_i        = W_{alpha i} M_ik + delta_ik sum_j W_{alpha j} M_kj
 *     d2L/db_i db_l                = delta_il sum_j B_ij
 */
export const assembleHessian = (
  w: Float64Array,
  { a, aa, ab, bb }: PairDerivatives,
  { c, r }: Dimensions,
  hessian: Float64Array,
): void => {
  const size = sizeOf({ c, r });
  const bias = r * c;
  hessian.fill(0);
  for (let k = 0; k < c; k++) {
    for (let m = 0; m < c; m++) {
      const mk = m * c + k;
      const km = k * c + m;
      const s = a[mk] + a[km];
      const t = aa[mk] + aa[km];
      for (let alpha = 0; alpha < r; alpha++) {
        const line = (alpha * c + k) * size;
        const other = w[alpha * c + m];
        hessian[line + alpha * c + m] += s;
        for (let beta = 0; beta < r; beta++) {
          hessian[line + beta * c + m] += other * t * w[beta * c + k];
          hessian[line + beta * c + k] += other * t * w[beta * c + m];
        }
        hessian[line + bias + m] += other * ab[mk];
        hessian[line + bias + k] += other * ab[km];
      }
      hessian[(bias + k) * size + bias + k] += bb[km];
    }
  }
  for (let row = bias; row < size; row++)
    for (let column = 0; column < bias; column++) hessian[row * size + column] = hessian[column * size + row];
};

/** Overwrites `out` (length (r + 1) c) with the diagonal: for W_{alpha k}, S_kk + W_{alpha k}^2 T_kk + sum_j W_{alpha j}^2 T_jk. */
export const assembleHessianDiagonal = (
  w: Float64Array,
  { a, aa, bb }: PairDerivatives,
  { c, r }: Dimensions,
  out: Float64Array,
): void => {
  for (let k = 0; k < c; k++) {
    const kk = k * c + k;
    for (let row = 0; row < r * c; row += c) {
      let sum = 2 * a[kk] + 2 * aa[kk] * w[row + k] * w[row + k];
      for (let j = 0; j < c; j++) sum += w[row + j] * w[row + j] * (aa[j * c + k] + aa[k * c + j]);
      out[row + k] = sum;
    }
    let curvature = 0;
    for (let j = 0; j < c; j++) curvature += bb[k * c + j];
    out[r * c + k] = curvature;
  }
};
