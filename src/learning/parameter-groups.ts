import type { ParameterArray } from "../contracts/objective.ts";
import { invalid } from "../errors.ts";
import type { Optimiser, OptimiserState, VectorOptimiser } from "./optimiser.ts";

/** An optimiser and the parameter arrays it moves: a name, or a pattern in which `*` stands for any characters. */
export interface ParameterGroup {
  readonly parameters: string;
  readonly optimiser: Optimiser;
}

/** One optimiser for all parameter arrays, or groups, of which the first whose pattern matches an array moves it. */
export type OptimiserChoice = Optimiser | readonly ParameterGroup[];

/**
 * The optimiser of each parameter array by the array's name. Throws a LandauError of kind "input" for an array without
 * a group and for a group without an array.
 */
export const optimiserFor = (choice: OptimiserChoice, names: readonly string[]): ((name: string) => Optimiser) => {
  if (!isGroups(choice)) return () => checkedOptimiser(choice);
  const groups = groupsOf(choice, names);
  return name => choice[groups[names.indexOf(name)]].optimiser;
};

/**
 * One optimiser on a flat vector out of several that share its arrays between them. Each keeps a state of its own, whose
 * fields are saved under the pattern of its group.
 */
export const grouped = (choice: OptimiserChoice, parameters: readonly ParameterArray[]): VectorOptimiser => {
  if (!isGroups(choice)) return checkedOptimiser(choice);
  const ranges = parameters.map(({ offset, shape }) => ({
    from: offset,
    to: offset + shape.reduce((a, b) => a * b, 1),
  }));
  const groups = groupsOf(
    choice,
    parameters.map(({ name }) => name),
  );
  const parts = choice.map(({ parameters: pattern, optimiser }, group) => {
    const own = ranges.filter((_, i) => groups[i] === group);
    const size = own.reduce((sum, { from, to }) => sum + to - from, 0);
    const state = optimiser.init(size);
    const fields = Object.keys(state).map(name => ({ name, saved: `${pattern}: ${name}` }));
    // Scratch space: what lasts is in the state of the caller.
    return { optimiser, ranges: own, size, state, fields, w: new Float64Array(size), gradient: new Float64Array(size) };
  });
  const total = parts.reduce((sum, { size }) => sum + size, 0);
  return {
    name: choice.map(({ parameters: pattern, optimiser }) => `${pattern}: ${optimiser.name}`).join(", "),
    settings: Object.fromEntries(choice.map(({ parameters: pattern, optimiser }) => [pattern, optimiser.settings])),
    init(size) {
      if (size !== total) throw invalid("size", size, `the number of parameters in all arrays, ${total}`);
      const state: OptimiserState = {};
      for (const part of parts) {
        const fresh = part.optimiser.init(part.size);
        for (const { name, saved } of part.fields) state[saved] = fresh[name];
      }
      return state;
    },
    step(w, gradient, state) {
      for (const part of parts) {
        for (const { name, saved } of part.fields) part.state[name] = state[saved];
        let at = 0;
        for (const { from, to } of part.ranges)
          for (let i = from; i < to; i++, at++) {
            part.w[at] = w[i];
            part.gradient[at] = gradient[i];
          }
        part.optimiser.step(part.w, part.gradient, part.state);
        at = 0;
        for (const { from, to } of part.ranges) for (let i = from; i < to; i++, at++) w[i] = part.w[at];
        for (const { name, saved } of part.fields) state[saved] = part.state[name];
      }
    },
  };
};

const isGroups = (choice: OptimiserChoice): choice is readonly ParameterGroup[] => Array.isArray(choice);

const checkedOptimiser = (optimiser: Optimiser): Optimiser => {
  if (typeof optimiser?.step !== "function")
    throw invalid(
      "optimiser",
      optimiser,
      "one such as adam({ stepSize: 1e-3 }), or a list of { parameters, optimiser }",
    );
  return optimiser;
};

/** For each name the position of its group. */
const groupsOf = (groups: readonly ParameterGroup[], names: readonly string[]): number[] => {
  const patterns = groups.map(({ parameters, optimiser }) => {
    if (typeof parameters !== "string") throw invalid("parameters of a group", parameters, "a name or a pattern");
    checkedOptimiser(optimiser);
    return parameters;
  });
  const list = names.join(", ");
  const matches = patterns.map(matcher);
  const chosen = names.map(name => matches.findIndex(match => match(name)));
  names.forEach((name, i) => {
    if (chosen[i] < 0)
      throw invalid("optimiser", patterns, `a group for the parameter array ${name}, or a last one for "*"`);
  });
  patterns.forEach((pattern, group) => {
    if (chosen.includes(group)) return;
    throw names.some(matches[group])
      ? invalid("parameters of a group", pattern, `to stand before the groups that take all its arrays: ${list}`)
      : invalid("parameters of a group", pattern, `a name or pattern of the parameter arrays: ${list}`);
  });
  return chosen;
};

const matcher = (pattern: string): ((name: string) => boolean) => {
  const pieces = pattern.split("*").map(piece => piece.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  const expression = new RegExp(`^${pieces.join(".*")}$`, "s");
  return name => expression.test(name);
};
