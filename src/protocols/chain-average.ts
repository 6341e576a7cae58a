import type { Objective } from "../contracts/objective.ts";
import type { ProtocolContext } from "../contracts/protocol.ts";
import type { Stream } from "../numerics/stream.ts";
import { flatState, restoreState } from "../sampling/flat-state.ts";
import { localised } from "../sampling/prior.ts";
import type { ChainState, Sampler } from "../sampling/sampler.ts";
import { posterior } from "../sampling/target.ts";

export interface ChainAveragePlan<State extends ChainState = ChainState> {
  readonly objective: Objective;
  /** The point w* that the chain starts at and is pulled to. */
  readonly centre: Float64Array;
  readonly nBeta: number;
  /** Strength of the pull, in inverse squared parameter units. */
  readonly gamma: number;
  readonly sampler: Sampler<State>;
  readonly burnIn: number;
  readonly draws: number;
  /** The state after the burn-in counts as the first draw, and the last step is left out: as full-batch Langevin estimates are defined. */
  readonly startCounts?: true;
  readonly random: (purpose: string) => Stream;
  /** The context of a protocol that this chain is all of: the chain's state is offered to it, and a saved one continued. */
  readonly host?: Pick<ProtocolContext, "save" | "saved" | "progress">;
}

export interface ChainAverage<State extends ChainState = ChainState> {
  /** nBeta (L(w) - L(w*)) of each draw: its mean is the learning coefficient at this nBeta.  [Lau et al. 2023, arXiv 2308.12108] */
  readonly excess: Float64Array;
  /** L(w) of each draw, and L(w*). */
  readonly losses: Float64Array;
  readonly level: number;
  /** Mean acceptance over the draws. */
  readonly acceptance: number;
  readonly state: State;
}

/** Steps between two states that could be saved. */
const SLICE = 100;
/** Prefix of the sampler's part of what is saved. */
const CHAIN = "chain/";

/**
 * One chain under exp(-nBeta L(w) - (gamma / 2) |w - w*|^2). Throws a LandauError of kind "diverged" when it leaves the finite
 * numbers. What an honest error and nothing to tune are needed for is `learningCoefficient`; this is the average at settings that are given.
 */
export const chainAverage = <State extends ChainState>(plan: ChainAveragePlan<State>): ChainAverage<State> => {
  const { objective, centre, nBeta, gamma, sampler, burnIn, draws, startCounts, random, host } = plan;
  const target = posterior({ objective, nBeta, prior: localised({ gamma, centre }) });
  const kernel = sampler.on(target, { random, burnIn });
  const state = kernel.init(centre);
  const level = objective.loss(centre);
  const losses = new Float64Array(draws);
  let acceptance = 0;
  const saved = host?.saved;
  if (saved) {
    restoreState(state, saved, CHAIN);
    losses.set(saved.losses as Float64Array);
    acceptance = saved.acceptance as number;
  }
  while (state.step < burnIn + draws) {
    const draw = state.step - burnIn;
    if (draw < 0) kernel.step(state);
    else {
      if (startCounts) losses[draw] = state.loss;
      kernel.step(state);
      if (!startCounts) losses[draw] = state.loss;
      acceptance += kernel.last.acceptance / draws;
    }
    if (host && state.step % SLICE === 0) {
      const drawn = Math.max(0, state.step - burnIn);
      host.save(() => ({ ...flatState(state, CHAIN), losses: losses.slice(0, drawn), acceptance }));
      host.progress(state.step / (burnIn + draws));
    }
  }
  return { excess: losses.map(loss => nBeta * (loss - level)), losses, level, acceptance, state };
};
