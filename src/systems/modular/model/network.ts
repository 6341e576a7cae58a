import { workspace } from "../../../engine/kernels/workspace.ts";
import { transpose } from "../../../numerics/transpose.ts";
import { type Dimensions, weightsOf } from "./layout.ts";
import type { Pairs } from "./pairs.ts";

export interface Network {
  /** Overwrites and returns an N x p array of its own with the outputs at w. */
  outputs(w: Float64Array): Float64Array;
}

/** The network on a set of pairs. */
export const network = ({ p, K }: Dimensions, { a, b }: Pick<Pairs, "a" | "b">): Network => {
  const count = a.length;
  const { arrays, multiply } = workspace({ At: p * K, Bt: p * K, C: K * p, h: count * K, F: count * p });
  const { At, Bt, C, h, F } = arrays;
  return {
    outputs(w) {
      const weights = weightsOf(w, { p, K });
      transpose(weights.A, K, p, At);
      transpose(weights.B, K, p, Bt);
      C.set(weights.C);
      for (let n = 0, at = 0; n < count; n++)
        for (let k = 0, i = a[n] * K, j = b[n] * K; k < K; k++, at++) {
          const s = At[i++] + Bt[j++];
          h[at] = s * s;
        }
      multiply({ m: count, n: p, k: K }, h, C, F);
      return F;
    },
  };
};
