import type { Objective } from "../../contracts/objective.ts";
import type { Moments } from "../data/weighted.ts";
import { layoutOf } from "./layout.ts";
import { addPenalty, type Decays } from "./penalty.ts";

export interface LinearObjective extends Objective {
  /** Overwrites `v` (length dx) with the predictor U^T W_D ... W_1. */
  predictor(w: Float64Array, v: Float64Array): void;
}

/**
 * The loss of a deep linear network, L = v A0 v - 2 n . v + Ey2 + penalties with v = U^T W_D ... W_1, and its gradient: two products of a vector
 * with each layer.
 */
export const linearObjective = (
  { A0, n, Ey2 }: Moments,
  shape: Decays & { readonly widths: readonly number[] },
): LinearObjective => {
  const dx = n.length;
  const layout = layoutOf(dx, shape.widths);
  const { sizes, offsets, size, parameters } = layout;
  const D = sizes.length - 1;
  const A = Float64Array.from(A0.flat());
  /** left[l] = W_(l+1)^T ... W_D^T U, so that v = left[0]. */
  const left = sizes.map(d => new Float64Array(d));
  /** right[l] = W_l ... W_1 e, e = 2 (A0 v - n). */
  const right = sizes.map(d => new Float64Array(d));
  const scratch = new Float64Array(size);

  const goLeft = (w: Float64Array): void => {
    const last = left[D];
    for (let i = 0; i < last.length; i++) last[i] = w[offsets[D] + i];
    for (let l = D; l >= 1; l--) {
      const [above, below] = [left[l], left[l - 1]];
      const columns = below.length;
      below.fill(0);
      let at = offsets[l - 1];
      for (let i = 0; i < above.length; i++) {
        const factor = above[i];
        for (let j = 0; j < columns; j++) below[j] += factor * w[at++];
      }
    }
  };

  const lossAndGradient = (w: Float64Array, gradient: Float64Array): number => {
    goLeft(w);
    const v = left[0];
    const e = right[0];
    let data = Ey2;
    for (let i = 0; i < dx; i++) {
      let sum = 0;
      for (let j = 0; j < dx; j++) sum += A[i * dx + j] * v[j];
      data += v[i] * (sum - 2 * n[i]);
      e[i] = 2 * (sum - n[i]);
    }
    for (let l = 1; l <= D; l++) {
      const [below, above, factors] = [right[l - 1], right[l], left[l]];
      const columns = below.length;
      let at = offsets[l - 1];
      for (let i = 0; i < above.length; i++) {
        let sum = 0;
        const factor = factors[i];
        for (let j = 0; j < columns; j++, at++) {
          sum += w[at] * below[j];
          gradient[at] = factor * below[j];
        }
        above[i] = sum;
      }
    }
    for (let i = 0; i < right[D].length; i++) gradient[offsets[D] + i] = right[D][i];
    return data + addPenalty(layout, shape, w, gradient);
  };

  return {
    parameters,
    size,
    loss: w => lossAndGradient(w, scratch),
    lossAndGradient,
    predictor(w, v) {
      goLeft(w);
      v.set(left[0]);
    },
  };
};
