import type { Objective, ParameterArray } from "../../contracts/objective.ts";
import { invalid } from "../../errors.ts";
import { substituted } from "./substituted.ts";

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
  const w = at.slice();
  return substituted(objective, {
    parameters,
    at: Float64Array.from(indices, i => at[i]),
    put(part) {
      for (let i = 0; i < indices.length; i++) w[indices[i]] = part[i];
      return w;
    },
    take(gradient, out) {
      for (let i = 0; i < indices.length; i++) out[i] = gradient[indices[i]];
    },
  });
};
