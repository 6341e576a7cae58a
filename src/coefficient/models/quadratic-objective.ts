import type { Objective } from "../../contracts/objective.ts";

/** L(w) = (1/2) sum_i h_i w_i^2, `h` of the length of w. */
export const quadraticObjective = (h: Float64Array): Objective => {
  const size = h.length;
  const loss = (w: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += h[i] * w[i] * w[i];
    return sum / 2;
  };
  return {
    parameters: [{ name: "w", shape: [size], offset: 0 }],
    size,
    loss,
    lossAndGradient(w, gradient) {
      for (let i = 0; i < size; i++) gradient[i] = h[i] * w[i];
      return loss(w);
    },
  };
};
