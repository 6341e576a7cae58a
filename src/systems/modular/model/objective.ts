import type { SampledObjective } from "../../../contracts/objective.ts";
import { invalid } from "../../../errors.ts";
import { gatherObjective } from "./gather.ts";
import { checkDimensions, type Dimensions, parameterArrays, sizeOf } from "./layout.ts";
import { methodFor } from "./methods.ts";
import type { Pairs } from "./pairs.ts";

export interface ModularSettings extends Dimensions {
  readonly pairs: Pairs;
  /** Subtracts from each output its mean residual over the pairs of the batch before squaring. False when absent. */
  readonly centred?: boolean;
  /** N x p targets instead of one-hot answers. */
  readonly targets?: Float64Array;
  /** "automatic" by cost when absent, or the name of a method. */
  readonly method?: string;
}

/**
 * The two-layer quadratic network f_c(a, b) = sum_k C_kc (A_ka + B_kb)^2 on pairs of residues, with the loss
 * (1/(2N)) sum_n |f - y|^2, unit-variance Gaussian noise up to a constant.  [arXiv 2301.02679, eq. 3; 2603.01192, eq. 1]
 *
 * Throws a LandauError for dimensions, targets or a method that cannot be.
 */
export const modularObjective = (settings: ModularSettings): SampledObjective => {
  const { p, K, pairs, centred = false, targets, method = "automatic" } = settings;
  checkDimensions({ p, K });
  if (pairs.p !== p) throw invalid("p", p, `the modulus of the pairs, ${pairs.p}`);
  const samples = pairs.index.length;
  if (targets && targets.length !== samples * p)
    throw invalid("the length of targets", targets.length, `N p = ${samples * p}`);
  const problem = { p, K, pairs, centred, targets };
  const evaluate = methodFor(method, problem).evaluate(problem);
  let batches: SampledObjective | undefined;
  return {
    parameters: parameterArrays({ p, K }),
    size: sizeOf({ p, K }),
    samples,
    loss: w => evaluate(w),
    lossAndGradient: (w, gradient) => evaluate(w, gradient),
    batchLossAndGradient(w, gradient, order, from, to) {
      if (!(from >= 0 && from < to && to <= order.length && to - from <= samples))
        throw invalid("to", to, `a batch order[from..to-1] of at most ${samples} samples, with from = ${from}`);
      batches ??= gatherObjective(problem);
      return batches.batchLossAndGradient(w, gradient, order, from, to);
    },
  };
};
