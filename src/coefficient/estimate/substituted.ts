import type { Objective, ParameterArray, SampledObjective } from "../../contracts/objective.ts";

/** Other coordinates u for the parameters w of an objective. */
export interface Substitution {
  readonly parameters: readonly ParameterArray[];
  /** The point in the new coordinates; its length is their number. */
  readonly at: Float64Array;
  /** The parameters at u, in a buffer that the next call overwrites. */
  put(u: Float64Array): Float64Array;
  /** Writes the gradient in u, given that in w. */
  take(gradient: Float64Array, out: Float64Array): void;
}

/** An objective as a function of other coordinates, and the point in these; with its samples where it has them. */
export const substituted = (
  objective: Objective,
  { parameters, at, put, take }: Substitution,
): { objective: Objective; at: Float64Array } => {
  const gradient = new Float64Array(objective.size);
  const whole: Objective = {
    parameters,
    size: at.length,
    loss: u => objective.loss(put(u)),
    lossAndGradient(u, out) {
      const loss = objective.lossAndGradient(put(u), gradient);
      take(gradient, out);
      return loss;
    },
  };
  if (!("samples" in objective)) return { objective: whole, at };
  const { samples, closedForm, batchLossAndGradient } = objective as SampledObjective;
  const sampled: SampledObjective = {
    ...whole,
    samples,
    closedForm,
    batchLossAndGradient(u, out, order, from, to) {
      const loss = batchLossAndGradient(put(u), gradient, order, from, to);
      take(gradient, out);
      return loss;
    },
  };
  return { objective: sampled, at };
};
