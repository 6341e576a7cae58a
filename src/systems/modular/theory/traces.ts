import { type Dimensions, weightsOf } from "../model/layout.ts";
import { network } from "../model/network.ts";
import type { Pairs } from "../model/pairs.ts";

/** The trace of J^T J / N in O(N K): (1/N) [p sum_kn h_kn^2 + 8 sum_k |C_k|^2 sum_n h_kn], h_kn = (A_ka + B_kb)^2. */
export const gaussNewtonTrace = (w: Float64Array, { p, K }: Dimensions, { a, b }: Pick<Pairs, "a" | "b">): number => {
  const { A, B, C } = weightsOf(w, { p, K });
  let sum = 0;
  for (let k = 0, from = 0; k < K; k++, from += p) {
    let [h1, h2, norm] = [0, 0, 0];
    for (let n = 0; n < a.length; n++) {
      const s = A[from + a[n]] + B[from + b[n]];
      const h = s * s;
      h1 += h;
      h2 += h * h;
    }
    for (let j = from; j < from + p; j++) norm += C[j] * C[j];
    sum += p * h2 + 8 * norm * h1;
  }
  return sum / a.length;
};

/**
 * Traces of the Gauss-Newton matrix J^T J / N and of the Hessian of the loss that is not centred, exactly: tr H = tr GN +
 * (4/N) sum_c (sum_n E_nc) (sum_k C_kc).
 */
export const hessianTraces = (
  w: Float64Array,
  { p, K }: Dimensions,
  pairs: Pairs,
): { gaussNewton: number; full: number } => {
  const { C } = weightsOf(w, { p, K });
  const { a, c } = pairs;
  const count = a.length;
  const outputs = network({ p, K }, pairs).outputs(w);
  let cross = 0;
  for (let out = 0; out < p; out++) {
    let [residual, weight] = [0, 0];
    for (let n = 0; n < count; n++) residual += outputs[n * p + out] - (c[n] === out ? 1 : 0);
    for (let k = 0; k < K; k++) weight += C[k * p + out];
    cross += residual * weight;
  }
  const gaussNewton = gaussNewtonTrace(w, { p, K }, pairs);
  return { gaussNewton, full: gaussNewton + (4 * cross) / count };
};
