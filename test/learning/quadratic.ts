import type { Objective } from "../../src/contracts/objective.ts";

/** L = 1/2 sum a_i w_i^2. */
export const quadratic = (curvatures: readonly number[]): Objective => ({
  parameters: [{ name: "w", shape: [curvatures.length], offset: 0 }],
  size: curvatures.length,
  loss: w => curvatures.reduce((sum, a, i) => sum + 0.5 * a * w[i] * w[i], 0),
  lossAndGradient(w, gradient) {
    for (let i = 0; i < w.length; i++) gradient[i] = curvatures[i] * w[i];
    return this.loss(w);
  },
});
