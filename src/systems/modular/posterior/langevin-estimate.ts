import type { Objective } from "../../../contracts/objective.ts";
import { isLandauError } from "../../../errors.ts";
import { meanWithError } from "../../../numerics/statistics.ts";
import type { Stream } from "../../../numerics/stream.ts";
import { largestCurvature } from "../../../sampling/curvature.ts";
import { langevin } from "../../../sampling/langevin.ts";
import { localised } from "../../../sampling/prior.ts";
import { posterior } from "../../../sampling/target.ts";
import type { LangevinRun } from "../theory/harmonic.ts";

export interface LangevinPlan extends LangevinRun {
  readonly objective: Objective;
  readonly centre: Float64Array;
  readonly random: (purpose: string) => Stream;
}

/** A chain runs away from 4 on; the power iteration may find a tenth too little. */
const LIMIT = 3.6;
/** Enough for a start that is almost orthogonal to the steepest direction. */
const ITERATIONS = 80;

export type LangevinEstimate =
  | {
      readonly kind: "estimate";
      readonly lambda: number;
      /** From the chain's own autocorrelations; what the burn-in was too short for is not in it. */
      readonly standardError: number;
      /** stepSize times the largest curvature of the potential at the start: 4 is the limit, 1.5 the most that is advised. */
      readonly stiffness: number;
    }
  | { readonly kind: "failure"; readonly text: string };

/**
 * One full-batch Langevin chain from w*: lambda = nBeta (mean of L(w_t), t = burnIn .. burnIn + draws - 1, - L(w*)).  [arXiv 2308.12108,
 * section 4] Negative where the chain finds lower losses than that of w*, as it does early in training. A step that is too long
 * for the curvature is a failure, not an estimate.
 */
export const langevinEstimate = (plan: LangevinPlan): LangevinEstimate => {
  const { objective, centre, nBeta, gamma, stepSize, burnIn, draws, random } = plan;
  const target = posterior({ objective, nBeta, prior: localised({ gamma, centre }) });
  const steepest = largestCurvature(target, centre, random("stability"), ITERATIONS);
  const stiffness = stepSize * steepest;
  if (!(stiffness < LIMIT))
    return {
      kind: "failure",
      text: `stepSize ${stepSize} is unstable: needs less than ${(LIMIT / steepest).toPrecision(3)} (${LIMIT} / largest nBeta h + gamma)`,
    };
  const kernel = langevin({ stepSize }).on(target, { random, burnIn });
  try {
    const state = kernel.init(centre);
    const start = state.loss;
    for (let step = 0; step < burnIn; step++) kernel.step(state);
    const excess = new Float64Array(draws);
    for (let draw = 0; draw < draws; draw++) {
      excess[draw] = nBeta * (state.loss - start);
      kernel.step(state);
    }
    const { mean, standardError } = meanWithError(excess);
    return { kind: "estimate", lambda: mean, standardError, stiffness };
  } catch (error) {
    if (!isLandauError(error, "diverged")) throw error;
    return { kind: "failure", text: error.message };
  }
};
