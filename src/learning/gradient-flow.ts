import type { Objective } from "../contracts/objective.ts";
import { invalid } from "../errors.ts";
import { integrate } from "../numerics/ode/integrate.ts";

/**
 * Gradient flow dw/dt = -grad L(w): the limit of gradient descent for small steps, with t = stepSize x steps.
 * Returns the parameters at the given ascending times, the first of which belongs to `w`. Explicit steps of their own length, whose number grows
 * with time times the largest curvature. Throws "diverged", naming the time, when the flow leaves the finite numbers.
 */
export const gradientFlow = (
  objective: Objective,
  w: Float64Array,
  times: readonly number[],
  { tolerance = 1e-10 }: { readonly tolerance?: number } = {},
): Float64Array[] => {
  if (w.length !== objective.size)
    throw invalid("the length of w", w.length, `${objective.size}, as the objective has`);
  return integrate(
    (_time, point, slope) => {
      objective.lossAndGradient(point, slope);
      for (let i = 0; i < slope.length; i++) slope[i] = -slope[i];
    },
    w,
    times,
    { tolerance },
  );
};
