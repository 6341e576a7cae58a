import type { Objective, ParameterArray, SampledObjective } from "../../contracts/objective.ts";
import { invalid } from "../../errors.ts";

/** An objective of some of its parameter arrays, the others held where `at` has them; and that point. */
export const restricted = (
  objective: Objective,
  at: Float64Array,
  names: readonly string[],
): { objective: Objective; at: Float64Array } => {
  const known = objective.parameters.map(({ name }) => name);
  const parameters: ParameterArray[] = [];
  const indices: number[] = [];
  if (names.length === 0) throw invalid("parameters", names, `at least one of ${known.join(", ")}`);
  for (const name of names) {
    const array = objective.parameters.find(each => each.name === name);
    if (!array) throw invalid("parameters", name, `names among ${known.join(", ")}`);
    const length = array.shape.reduce((product, side) => product * side, 1);
    parameters.push({ ...array, offset: indices.length });
    for (let i = 0; i < length; i++) indices.push(array.offset + i);
  }
  const size = indices.length;
  const w = at.slice();
  const gradient = new Float64Array(objective.size);
  const put = (part: Float64Array): void => {
    for (let i = 0; i < size; i++) w[indices[i]] = part[i];
  };
  const take = (out: Float64Array): void => {
    for (let i = 0; i < size; i++) out[i] = gradient[indices[i]];
  };
  const part: Objective = {
    parameters,
    size,
    loss(v) {
      put(v);
      return objective.loss(w);
    },
    lossAndGradient(v, out) {
      put(v);
      const loss = objective.lossAndGradient(w, gradient);
      take(out);
      return loss;
    },
  };
  const start = Float64Array.from(indices, i => at[i]);
  if (!("samples" in objective)) return { objective: part, at: start };
  const { samples, closedForm, batchLossAndGradient } = objective as SampledObjective;
  const sampled: SampledObjective = {
    ...part,
    samples,
    closedForm,
    batchLossAndGradient(v, out, order, from, to) {
      put(v);
      const loss = batchLossAndGradient(w, gradient, order, from, to);
      take(out);
      return loss;
    },
  };
  return { objective: sampled, at: start };
};
