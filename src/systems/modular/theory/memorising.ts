import { choleskyInPlace } from "../../../numerics/cholesky.ts";
import { type Dimensions, weightsOf } from "../model/layout.ts";
import type { Pairs } from "../model/pairs.ts";

/**
 * Writes C = H^T (H H^T)^-1 Y into `w` and returns it, h_n the rows of H of its A and B: least squares without a rest, for at least as many neurons as
 * pairs.
 */
export const memorisingOutputs = (w: Float64Array, { p, K }: Dimensions, pairs: Pairs): Float64Array => {
  const count = pairs.index.length;
  const { A, B, C } = weightsOf(w, { p, K });
  const h = new Float64Array(count * K);
  for (let n = 0; n < count; n++)
    for (let k = 0; k < K; k++) {
      const s = A[k * p + pairs.a[n]] + B[k * p + pairs.b[n]];
      h[n * K + k] = s * s;
    }
  const L = new Float64Array(count * count);
  for (let n = 0; n < count; n++)
    for (let other = 0; other <= n; other++) {
      let sum = 0;
      for (let k = 0; k < K; k++) sum += h[n * K + k] * h[other * K + k];
      L[n * count + other] = sum;
    }
  choleskyInPlace(L, count);
  for (let c = 0; c < p; c++) {
    const x = Float64Array.from(pairs.c, answer => (answer === c ? 1 : 0));
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < i; j++) x[i] -= L[i * count + j] * x[j];
      x[i] /= L[i * count + i];
    }
    for (let i = count - 1; i >= 0; i--) {
      for (let j = i + 1; j < count; j++) x[i] -= L[j * count + i] * x[j];
      x[i] /= L[i * count + i];
    }
    for (let k = 0; k < K; k++) {
      let sum = 0;
      for (let n = 0; n < count; n++) sum += h[n * K + k] * x[n];
      C[k * p + c] = sum;
    }
  }
  return w;
};
