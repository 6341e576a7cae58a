import { LandauError } from "../../../errors.ts";
import { cappedEffectiveSize, mean, variance } from "../../../numerics/statistics.ts";
import type { Stream } from "../../../numerics/stream.ts";
import { hmc } from "../../../sampling/hmc.ts";
import { localised } from "../../../sampling/prior.ts";
import { posterior } from "../../../sampling/target.ts";
import { populationObjective } from "../model/population.ts";

/**
 * The local coefficient at a critical point w*, at finite nBeta:
 *
 *     lambda = nBeta (E[L(w)] - L(w*)) under exp(-nBeta L(w) - (gamma / 2) |w - w*|^2), population loss.
 */
export interface LocalPlan {
  readonly c: number;
  readonly centre: Float64Array;
  readonly nBeta: number;
  readonly gamma: number;
  readonly burnIn: number;
  readonly draws: number;
  readonly steps: number;
  readonly random: (purpose: string) => Stream;
}

export interface LocalChain {
  readonly lambda: number;
  /** Of lambda, from the chain's own autocorrelations. */
  readonly standardError: number;
  readonly effectiveDraws: number;
  /** Share of draws below the loss at the centre. */
  readonly below: number;
  /** False when that share is above 5 %: the chain has left for a lower phase, and its lambda is of no meaning. */
  readonly kept: boolean;
  readonly acceptance: number;
  readonly stepSize: number;
}

/** Losses below L(w*) by no more than this are rounding. */
const ROUNDING = 1e-9;
/** Share of draws below the loss of the centre from which on a chain counts as gone. */
export const MOST_BELOW = 0.05;

export const localChain = ({ c, centre, nBeta, gamma, burnIn, draws, steps, random }: LocalPlan): LocalChain => {
  const objective = populationObjective({ c, r: 2 });
  const level = objective.loss(centre);
  const target = posterior({ objective, nBeta, prior: localised({ gamma, centre }) });
  const kernel = hmc({ steps, jitter: 0.3, mass: "none" }).on(target, { random, burnIn });
  const state = kernel.init(centre);
  for (let step = 0; step < burnIn; step++) kernel.step(state);
  const excess = new Float64Array(draws);
  let below = 0;
  let acceptance = 0;
  for (let draw = 0; draw < draws; draw++) {
    kernel.step(state);
    excess[draw] = nBeta * (state.loss - level);
    if (state.loss < level - ROUNDING) below++;
    acceptance += kernel.last.acceptance / draws;
  }
  const effectiveDraws = cappedEffectiveSize(excess);
  return {
    lambda: mean(excess),
    standardError: Math.sqrt(variance(excess) / effectiveDraws),
    effectiveDraws,
    below: below / draws,
    kept: below <= MOST_BELOW * draws,
    acceptance,
    stepSize: state.time,
  };
};

export interface LocalCoefficient {
  readonly lambda: number;
  /** Of the mean over kept chains: the larger of what the chains say of themselves and of what they differ by. */
  readonly standardError: number;
  readonly kept: number;
  readonly chains: number;
}

/** The mean over the chains that have not left. Throws a LandauError when all have. */
export const localMean = (
  chains: readonly Pick<LocalChain, "lambda" | "standardError" | "kept">[],
): LocalCoefficient => {
  const kept = chains.filter(chain => chain.kept);
  if (kept.length === 0)
    throw new LandauError(
      "diverged",
      `all ${chains.length} chains have left for a lower phase: needs a larger nBeta or gamma, or a shorter run`,
    );
  const lambdas = kept.map(({ lambda }) => lambda);
  const own = Math.sqrt(kept.reduce((sum, { standardError }) => sum + standardError * standardError, 0)) / kept.length;
  const between = kept.length > 1 ? Math.sqrt(variance(lambdas) / kept.length) : 0;
  return { lambda: mean(lambdas), standardError: Math.max(own, between), kept: kept.length, chains: chains.length };
};
