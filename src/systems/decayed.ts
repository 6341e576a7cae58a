import type { Objective } from "../contracts/objective.ts";

/**
 * A loss with the decay (weightDecay / 2) |w|^2 of its first `count` parameters, all when absent: what "weight_decay" adds to a gradient
 * is weightDecay w.
 */
export const decayed = (objective: Objective, weightDecay: number, count = objective.size): Objective => {
  const penalty = (w: Float64Array): number => {
    let squares = 0;
    for (let i = 0; i < count; i++) squares += w[i] * w[i];
    return 0.5 * weightDecay * squares;
  };
  return {
    parameters: objective.parameters,
    size: objective.size,
    loss: w => objective.loss(w) + penalty(w),
    lossAndGradient(w, gradient) {
      const loss = objective.lossAndGradient(w, gradient) + penalty(w);
      for (let i = 0; i < count; i++) gradient[i] += weightDecay * w[i];
      return loss;
    },
  };
};
