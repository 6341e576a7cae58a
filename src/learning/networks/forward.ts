import type { Activation } from "../../numerics/activations.ts";
import type { WeightedData } from "../data/weighted.ts";
import { layoutOf } from "./layout.ts";

/** Outputs U^T phi(W_D ... phi(W_1 x)) on each sample. */
export const forward = (
  { dx, x }: Pick<WeightedData, "dx" | "x">,
  widths: readonly number[],
  { value }: Activation,
  w: Float64Array,
): Float64Array => {
  const { sizes, offsets } = layoutOf(dx, widths);
  return Float64Array.from({ length: x.length / dx }, (_, s) => {
    let state = x.subarray(s * dx, (s + 1) * dx);
    for (let l = 1; l <= widths.length; l++) {
      const above = new Float64Array(sizes[l]);
      for (let i = 0; i < above.length; i++) {
        let sum = 0;
        for (let j = 0; j < state.length; j++) sum += w[offsets[l - 1] + i * state.length + j] * state[j];
        above[i] = value(sum);
      }
      state = above;
    }
    let f = 0;
    for (let i = 0; i < state.length; i++) f += w[offsets[widths.length] + i] * state[i];
    return f;
  });
};
