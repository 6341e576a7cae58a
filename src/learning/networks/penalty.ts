import type { Layout } from "./layout.ts";
import { withDecay } from "./loops/penalty.ts";

/** Weight decay of the last layer, and of the hidden layers from the first to the last. */
export interface Decays {
  readonly gammaU: number;
  readonly gammaW: readonly number[];
}

/** gamma_u |U|^2 + sum_l gamma_l |W_l|^2; adds its gradient. */
export const addPenalty = (
  { offsets, size }: Layout,
  { gammaU, gammaW }: Decays,
  w: Float64Array,
  gradient: Float64Array,
): number => {
  let penalty = 0;
  for (let l = 0; l < offsets.length; l++) {
    const gamma = l < gammaW.length ? gammaW[l] : gammaU;
    penalty = withDecay(w, gradient, offsets[l], offsets[l + 1] ?? size, gamma, penalty);
  }
  return penalty;
};
