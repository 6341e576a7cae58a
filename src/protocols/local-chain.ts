import { LandauError } from "../errors.ts";
import { cappedEffectiveSize, mean, variance } from "../numerics/statistics.ts";
import { hmc } from "../sampling/hmc.ts";
import { type ChainAveragePlan, chainAverage } from "./chain-average.ts";

/** A chain of Hamiltonian Monte Carlo around a critical point. */
export interface LocalPlan extends Omit<ChainAveragePlan, "sampler" | "startCounts"> {
  /** Leapfrog steps of a trajectory. */
  readonly steps: number;
}

/** A type literal: only those are known to be JSON. */
export type LocalChain = {
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
};

/** Losses below L(w*) by no more than this are rounding. */
const ROUNDING = 1e-9;
/** Share of draws below the loss of the centre from which on a chain counts as gone. */
export const MOST_BELOW = 0.05;

/**
 * The local coefficient at a critical point w*, at finite nBeta, and whether the chain has stayed there:
 *
 *     lambda = nBeta (E[L(w)] - L(w*)) under exp(-nBeta L(w) - (gamma / 2) |w - w*|^2).
 */
export const localChain = ({ steps, ...plan }: LocalPlan): LocalChain => {
  const { draws } = plan;
  const sampler = hmc({ steps, jitter: 0.3, mass: "none" });
  const { excess, losses, level, acceptance, state } = chainAverage({ ...plan, sampler });
  const below = losses.filter(loss => loss < level - ROUNDING).length;
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
