import { namesOf } from "../../../contracts/field.ts";
import { invalid } from "../../../errors.ts";
import { complementCost, complementEvaluate } from "./complement.ts";
import { gatherCost, gatherEvaluate } from "./gather.ts";
import { outputGramCost, outputGramEvaluate } from "./output-gram.ts";
import type { Cost, Evaluate, Problem } from "./problem.ts";
import { tableGramCost, tableGramEvaluate } from "./table-gram.ts";

interface Method {
  readonly summary: string;
  readonly cost: Cost;
  /** Whether it answers this problem. */
  fits(problem: Problem): boolean;
  evaluate(problem: Problem): Evaluate;
}

/** The exact ways to loss and gradient; all give the same numbers up to rounding. */
export const methods = {
  gather: {
    summary: "rows gathered from tables, products of matrices, rows scattered back: any pairs",
    cost: gatherCost,
    fits: () => true,
    evaluate: gatherEvaluate,
  },
  "output-gram": {
    summary: "the Gram matrix of the output rows: any pairs, narrow networks",
    cost: outputGramCost,
    fits: ({ targets }) => targets === undefined,
    evaluate: outputGramEvaluate,
  },
  "table-gram": {
    summary: "sums over a and b taken apart: the whole table",
    cost: tableGramCost,
    fits: ({ p, pairs, targets }) => targets === undefined && pairs.index.length === p * p,
    evaluate: tableGramEvaluate,
  },
  complement: {
    summary: "the whole table less what is left out: most of the table, narrow networks",
    cost: complementCost,
    fits: ({ p, pairs, centred, targets }) => targets === undefined && !centred && pairs.index.length < p * p,
    evaluate: complementEvaluate,
  },
} as const satisfies { [name: string]: Method };

export type MethodName = keyof typeof methods;

export const methodNames = namesOf(methods);

/** The cheapest of those that keep all digits: `complement` has to be asked for, as it loses those of a small training loss. */
export const chooseMethod = (problem: Problem): MethodName => {
  const count = problem.pairs.index.length;
  return methodNames
    .filter(name => name !== "complement" && methods[name].fits(problem))
    .reduce((best, name) => (methods[name].cost(problem, count) < methods[best].cost(problem, count) ? name : best));
};

/** The method of this name; throws a LandauError when there is none or it does not answer this problem. */
export const methodFor = (name: string, problem: Problem): Method => {
  if (name === "automatic") return methods[chooseMethod(problem)];
  if (!Object.hasOwn(methods, name)) throw invalid("method", name, `automatic or one of: ${methodNames.join(", ")}`);
  const method: Method = methods[name as MethodName];
  if (!method.fits(problem))
    throw invalid("method", name, `another for this loss and these pairs, such as ${chooseMethod(problem)}`);
  return method;
};
