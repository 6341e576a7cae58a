import type { Objective } from "../contracts/objective.ts";
import type { ProtocolContext } from "../contracts/protocol.ts";
import type { Stream } from "../numerics/stream.ts";
import { flatState, restoreState } from "../sampling/flat-state.ts";
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
  /** The context of a protocol that this chain is all of: the chain's state is offered to it, and a saved one continued. */
  readonly host?: Pick<ProtocolContext, "save" | "saved" | "progress">;
}

/** Steps between two states that could be saved. */
const SLICE = 100;
/** Prefix of the sampler's part of what is saved. */
const CHAIN = "chain/";

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
  const { objective, centre, nBeta, gamma, sampler, burnIn, draws, startCounts, random, host } = plan;
  const target = posterior({ objective, nBeta, prior: localised({ gamma, centre }) });
  const kernel = sampler.on(target, { random, burnIn });
  const state = kernel.init(centre);
  const level = objective.loss(centre);
  const excess = new Float64Array(draws);
  let acceptance = 0;
  if (host?.saved) {
    restoreState(state, host.saved, CHAIN);
    excess.set(host.saved.excess as Float64Array);
    acceptance = host.saved.acceptance as number;
  }
  while (state.step < burnIn + draws) {
    const draw = state.step - burnIn;
    if (startCounts && draw >= 0) excess[draw] = nBeta * (state.loss - level);
    kernel.step(state);
    if (draw >= 0) {
      if (!startCounts) excess[draw] = nBeta * (state.loss - level);
      acceptance += kernel.last.acceptance / draws;
    }
    if (host && state.step % SLICE === 0) {
      host.save(() => ({ ...flatState(state, CHAIN), excess, acceptance }));
      host.progress(state.step / (burnIn + draws));
    }
  }
  return { excess, acceptance, state };
};
