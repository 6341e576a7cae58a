import { minimumNorm } from "../../../numerics/minimum-norm.ts";
import { type Dimensions, weightsOf } from "../model/layout.ts";
import type { Pairs } from "../model/pairs.ts";

/** Writes into C of `w`, and returns it, what answers every pair with the least norm, A and B as they are: needs as many neurons as pairs. */
export const memorisingOutputs = (w: Float64Array, { p, K }: Dimensions, pairs: Pairs): Float64Array => {
  const count = pairs.index.length;
  const { A, B, C } = weightsOf(w, { p, K });
  const h = new Float64Array(count * K);
  for (let n = 0; n < count; n++)
    for (let k = 0; k < K; k++) {
      const s = A[k * p + pairs.a[n]] + B[k * p + pairs.b[n]];
      h[n * K + k] = s * s;
    }
  const { solve } = minimumNorm(h, count, K);
  for (let c = 0; c < p; c++)
    solve(
      Float64Array.from(pairs.c, answer => (answer === c ? 1 : 0)),
      C,
      c,
      p,
    );
  return w;
};
