import type { Objective } from "../contracts/objective.ts";
import type { Stream } from "../numerics/stream.ts";
import { localised } from "../sampling/prior.ts";
import type { ChainState, Sampler } from "../sampling/sampler.ts";
import { posterior } from "../sampling/target.ts";

export interface ChainAveragePlan {
  readonly objective: Objective;
  /** The point w* that the chain starts at and is pulled to. */
  readonly centre: Float64Array;
  readonly nBeta: number;
  /** Strength of the pull, in inverse squared parameter units. */
  readonly gamma: number;
  readonly sampler: Sampler;
  readonly burnIn: number;
  readonly draws: number;
  /** The state after the burn-in counts as the first draw, and the last step is left out: as full-batch Langevin estimates are defined. */
  readonly startCounts?: true;
  readonly random: (purpose: string) => Stream;
}

export interface ChainAverage {
  /** nBeta (L(w) - L(w*)) of each draw: its mean is the learning coefficient at this nBeta.  [Lau et al. 2023, arXiv 2308.12108] */
  readonly excess: Float64Array;
  /** Mean acceptance over the draws. */
  readonly acceptance: number;
  readonly state: ChainState;
}

/**
 * One chain under exp(-nBeta L(w) - (gamma / 2) |w - w*|^2). Throws a LandauError of kind "diverged" when it leaves the finite
 * numbers. What an honest error and nothing to tune are needed for is `learningCoefficient`; this is the average at settings that are given.
 */
export const chainAverage = (plan: ChainAveragePlan): ChainAverage => {
  const { objective, centre, nBeta, gamma, sampler, burnIn, draws, startCounts, random } = plan;
  const target = posterior({ objective, nBeta, prior: localised({ gamma, centre }) });
  const kernel = sampler.on(target, { random, burnIn });
  const state = kernel.init(centre);
  const level = objective.loss(centre);
  for (let step = 0; step < burnIn; step++) kernel.step(state);
  const excess = new Float64Array(draws);
  let acceptance = 0;
  for (let draw = 0; draw < draws; draw++) {
    if (startCounts) excess[draw] = nBeta * (state.loss - level);
    kernel.step(state);
    if (!startCounts) excess[draw] = nBeta * (state.loss - level);
    acceptance += kernel.last.acceptance / draws;
  }
  return { excess, acceptance, state };
};
