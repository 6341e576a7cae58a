import type { Objective, ParameterArray } from "../../contracts/objective.ts";
import { invalid, LandauError } from "../../errors.ts";
import { norm } from "../../numerics/norm.ts";
import { type Block, blocksOf } from "./blocks.ts";
import { type Curvature, curvatureAt } from "./curvature.ts";

/** The excess loss K(w) = L(w) - L(w*) around a point, and what is known of it there. */
export interface Problem {
  readonly objective: Objective;
  /** K, counted. */
  readonly excess: Objective;
  readonly size: number;
  readonly parameters: readonly ParameterArray[];
  /** w*. */
  readonly at: Float64Array;
  /** L(w*), of all samples. */
  readonly baseline: number;
  /** dL/dw at w*, and its length. */
  readonly gradient: Float64Array;
  readonly slope: number;
  readonly curvature: Curvature;
  /** What control variates and scale moves look at: parameters, or arrays of them. */
  readonly blocks: readonly Block[];
  /** Arrays that are not blocks. */
  readonly arrays: readonly Block[];
  /** Evaluations of the loss so far, gradients included; one on a minibatch counts as its share of the samples. */
  evaluations: number;
  /** The same where one on a minibatch counts as one. */
  calls: number;
  /** Counts a call, and tells whoever follows the progress. Throws BudgetSpent before the first that is not allowed. */
  called(): void;
  /** Allows this many calls in all; without it there is no limit. */
  allow(calls: number): void;
}

/** Thrown where the calls that are allowed are used up. */
export class BudgetSpent extends Error {}

/** Undefined where the calls that are allowed end before. */
export const affordable = <T>(make: () => T): T | undefined => {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    return undefined;
  }
};

export const problemAt = (objective: Objective, at: Float64Array, onCall?: (calls: number) => void): Problem => {
  const { size, parameters } = objective;
  if (at.length !== size) throw invalid("the length of the point", at.length, `${size}, the number of parameters`);
  const bad = at.findIndex(value => !Number.isFinite(value));
  if (bad >= 0) throw invalid(`entry ${bad} of the point`, at[bad], "a finite number");
  const gradient = new Float64Array(size);
  const baseline = objective.lossAndGradient(at, gradient);
  if (!Number.isFinite(baseline) || gradient.some(value => !Number.isFinite(value)))
    throw new LandauError(
      "diverged",
      `the loss at the point is ${baseline}: needs a point where loss and gradient are finite`,
    );
  const { curvature, evaluations } = curvatureAt(objective, at);
  let most = Infinity;
  const counted = (evaluate: () => number): number => {
    problem.called();
    problem.evaluations++;
    return evaluate() - baseline;
  };
  const problem: Problem = {
    objective,
    excess: {
      parameters,
      size,
      loss: w => counted(() => objective.loss(w)),
      lossAndGradient: (w, out) => counted(() => objective.lossAndGradient(w, out)),
    },
    size,
    parameters,
    at: at.slice(),
    baseline,
    gradient,
    slope: norm(gradient),
    curvature,
    ...blocksOf(size, parameters, curvature),
    evaluations: 1 + evaluations,
    calls: 1 + evaluations,
    called() {
      if (problem.calls >= most) throw new BudgetSpent();
      problem.calls++;
      onCall?.(problem.calls);
    },
    allow(calls) {
      most = calls;
    },
  };
  return problem;
};
