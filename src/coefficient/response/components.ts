import type { Objective, ParameterArray, SampledObjective } from "../../contracts/objective.ts";
import { invalid } from "../../errors.ts";
import { substituted } from "../estimate/substituted.ts";

/** Part of the parameters: a name and the places in the flat vector. */
export interface Component {
  readonly name: string;
  readonly indices: Int32Array;
}

export const componentKinds = ["all", "arrays", "rows", "columns"] as const;
export type ComponentKind = (typeof componentKinds)[number];

const MOST = 256;

/**
 * The parts that parameters fall into: all at once, each array, or each row or column of every array of two axes (other arrays stay whole).
 * @param names Arrays that are looked at; all when absent
 */
export const componentsOf = (
  parameters: readonly ParameterArray[],
  kind: ComponentKind,
  names?: readonly string[],
): Component[] => {
  const known = parameters.map(({ name }) => name);
  const missing = names?.find(name => !known.includes(name));
  if (missing !== undefined) throw invalid("parameters", missing, `names among ${known.join(", ")}`);
  const chosen = names ? parameters.filter(({ name }) => names.includes(name)) : parameters;
  const components = chosen.flatMap(array => partsOf(array, kind));
  if (kind !== "all") {
    if (components.length > MOST) throw invalid("components", components.length, `at most ${MOST}: name some arrays`);
    return components;
  }
  return [{ name: "all", indices: Int32Array.from(components.flatMap(({ indices }) => [...indices])) }];
};

const partsOf = ({ name, shape, offset }: ParameterArray, kind: ComponentKind): Component[] => {
  const size = shape.reduce((product, side) => product * side, 1);
  const range = (count: number, at: (i: number) => number) =>
    Int32Array.from({ length: count }, (_, i) => offset + at(i));
  if (shape.length !== 2 || kind === "all" || kind === "arrays") return [{ name, indices: range(size, i => i) }];
  const [rows, columns] = shape;
  return kind === "rows"
    ? Array.from({ length: rows }, (_, r) => ({
        name: `${name}[${r},:]`,
        indices: range(columns, i => r * columns + i),
      }))
    : Array.from({ length: columns }, (_, c) => ({
        name: `${name}[:,${c}]`,
        indices: range(rows, i => i * columns + c),
      }));
};

/** The objective as a function of one component, the others held where the point has them; the place of a part in a whole point, in a buffer. */
export const atComponent = (objective: Objective, at: Float64Array, { name, indices }: Component) => {
  const w = at.slice();
  const put = (part: Float64Array): Float64Array => {
    for (let i = 0; i < indices.length; i++) w[indices[i]] = part[i];
    return w;
  };
  const part = substituted(objective as SampledObjective, {
    parameters: [{ name, shape: [indices.length], offset: 0 }],
    at: Float64Array.from(indices, i => at[i]),
    put,
    take(gradient, out) {
      for (let i = 0; i < indices.length; i++) out[i] = gradient[indices[i]];
    },
  });
  return { ...part, put };
};
