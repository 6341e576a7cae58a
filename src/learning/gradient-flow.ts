import type { Objective } from "../contracts/objective.ts";
import { integrate } from "../numerics/ode.ts";

/**
 * Gradient flow dw/dt = -grad L(w): the limit of gradient descent for small rates, with t = rate x steps.
 * Returns the parameters at the given ascending times, the first of which belongs to `w`.
 */
export const gradientFlow = (
  objective: Objective,
  w: Float64Array,
  times: readonly number[],
  { tolerance = 1e-10 }: { readonly tolerance?: number } = {},
): Float64Array[] => {
  const point = new Float64Array(objective.size);
  const gradient = new Float64Array(objective.size);
  return integrate(
    (_time, y, derivative) => {
      point.set(y);
      objective.lossAndGradient(point, gradient);
      for (let i = 0; i < gradient.length; i++) derivative[i] = -gradient[i];
    },
    w,
    times,
    { tolerance },
  );
};
