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
  const whole: Writable<Objective> = {
    parameters,
    size: at.length,
    loss: u => objective.loss(put(u)),
    lossAndGradient(u, out) {
      const loss = objective.lossAndGradient(put(u), gradient);
      take(gradient, out);
      return loss;
    },
  };
  if (objective.lossesAndGradients) whole.lossesAndGradients = several(objective, at.length, { put, take });
  if (!("samples" in objective)) return { objective: whole, at };
  const { samples, closedForm, alike, batchLossAndGradient } = objective as SampledObjective;
  const sampled: SampledObjective = {
    ...whole,
    samples,
    closedForm,
    alike,
    batchLossAndGradient(u, out, order, from, to) {
      const loss = batchLossAndGradient(put(u), gradient, order, from, to);
      take(gradient, out);
      return loss;
    },
  };
  return { objective: sampled, at };
};

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Points at once, in the new coordinates. */
const several = (
  { size, lossesAndGradients }: Objective,
  length: number,
  { put, take }: Pick<Substitution, "put" | "take">,
): Objective["lossesAndGradients"] => {
  let [own, slopes] = [new Float64Array(0), new Float64Array(0)];
  return (points, losses, gradients) => {
    const count = losses.length;
    if (own.length < count * size) [own, slopes] = [new Float64Array(count * size), new Float64Array(count * size)];
    for (let row = 0; row < count; row++) own.set(put(points.subarray(row * length, (row + 1) * length)), row * size);
    lossesAndGradients!(own.subarray(0, count * size), losses, slopes.subarray(0, count * size));
    for (let row = 0; row < count; row++)
      take(slopes.subarray(row * size, (row + 1) * size), gradients.subarray(row * length, (row + 1) * length));
  };
};
