import type { Objective } from "../../../contracts/objective.ts";
import type { Stream } from "../../../numerics/stream.ts";
import { langevin } from "../../../sampling/langevin.ts";
import { localised } from "../../../sampling/prior.ts";
import { posterior } from "../../../sampling/target.ts";

/**
 * The estimate along a chain of unadjusted Langevin steps from a point w*,
 *
 *     w <- w - (stepSize / 2) (nBeta grad L_n(w) + gamma (w - w*)) + sqrt(stepSize) N(0, I),
 *     lambda = nBeta (mean of L_n(w) over the steps after the burn-in - L_n(w*)).   [Lau et al. 2308.12108]
 *
 * Negative where the chain finds lower losses than that of w*.
 */
export interface LangevinPlan {
  readonly objective: Objective;
  readonly centre: Float64Array;
  readonly nBeta: number;
  readonly gamma: number;
  readonly stepSize: number;
  readonly burnIn: number;
  /** After the burn-in. */
  readonly steps: number;
  readonly random: (purpose: string) => Stream;
}

export interface LangevinEstimate {
  readonly lambda: number;
  /** Share of the steps with a loss below that of w*. */
  readonly below: number;
}

/** Throws a LandauError of kind "diverged" when the steps are too long for the curvature. */
export const langevinCoefficient = (plan: LangevinPlan): LangevinEstimate => {
  const { objective, centre, nBeta, gamma, stepSize, burnIn, steps, random } = plan;
  const target = posterior({ objective, nBeta, prior: localised({ gamma, centre }) });
  const kernel = langevin({ stepSize }).on(target, { random, burnIn });
  const state = kernel.init(centre);
  const start = state.loss;
  for (let step = 0; step < burnIn; step++) kernel.step(state);
  let excess = 0;
  let below = 0;
  for (let step = 0; step < steps; step++) {
    kernel.step(state);
    excess += state.loss - start;
    if (state.loss < start) below++;
  }
  return { lambda: (nBeta * excess) / steps, below: below / steps };
};
