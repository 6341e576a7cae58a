import type { Objective } from "../../../contracts/objective.ts";
import { isLandauError } from "../../../errors.ts";
import { meanWithError } from "../../../numerics/statistics.ts";
import type { Stream } from "../../../numerics/stream.ts";
import { hmc } from "../../../sampling/hmc.ts";
import { localised } from "../../../sampling/prior.ts";
import { posterior } from "../../../sampling/target.ts";
import type { LangevinEstimate } from "./langevin-estimate.ts";

export interface HamiltonianPlan {
  readonly objective: Objective;
  readonly centre: Float64Array;
  readonly nBeta: number;
  readonly gamma: number;
  /** Trajectories in which step and mass are learnt. */
  readonly burnIn: number;
  /** Trajectories averaged. */
  readonly draws: number;
  readonly random: (purpose: string) => Stream;
}

/** Leapfrog steps of a trajectory, and how much their time varies. */
const STEPS = 12;
const JITTER = 0.3;
/** Above this many parameters the mass is a diagonal. */
const MOST_DENSE = 160;

/** The same average as langevinEstimate by Hamiltonian Monte Carlo, which has no bias from its steps; `stiffness` is then 0. */
export const hamiltonianEstimate = (plan: HamiltonianPlan): LangevinEstimate => {
  const { objective, centre, nBeta, gamma, burnIn, draws, random } = plan;
  const target = posterior({ objective, nBeta, prior: localised({ gamma, centre }) });
  const mass = objective.size <= MOST_DENSE ? "dense" : "diagonal";
  const kernel = hmc({ steps: STEPS, jitter: JITTER, mass }).on(target, { random, burnIn });
  try {
    const state = kernel.init(centre);
    const start = objective.loss(centre);
    for (let step = 0; step < burnIn; step++) kernel.step(state);
    const excess = new Float64Array(draws);
    for (let draw = 0; draw < draws; draw++) {
      kernel.step(state);
      excess[draw] = nBeta * (state.loss - start);
    }
    const { mean, standardError } = meanWithError(excess);
    return { kind: "estimate", lambda: mean, standardError, stiffness: 0 };
  } catch (error) {
    if (!isLandauError(error, "diverged")) throw error;
    return { kind: "failure", text: error.message };
  }
};
