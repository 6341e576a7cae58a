import type { SampledObjective } from "../contracts/objective.ts";
import { isLandauError } from "../errors.ts";
import { log } from "../numerics/elementary.ts";
import { mean, standardDeviation } from "../numerics/statistics.ts";
import { stream } from "../numerics/stream.ts";
import { langevinCoefficient } from "./langevin-chain.ts";

/** The source's estimate along training: all samples in every gradient, every step in the mean, nBeta = n / ln n. */
const STEP_SIZE = 1e-3;
const GAMMA = 1;
const STEPS = 500;

/** A type literal: only those are known to be JSON. */
export type CheckpointCoefficient = {
  /** Mean over the chains; null when one of them diverged. */
  readonly lambda: number | null;
  /** Standard error of that mean by what the chains differ; null for a single chain. */
  readonly lambdaError: number | null;
};

/** Estimates of the learning coefficient at a checkpoint `w` of training, by chains with numbers of their own. */
export const checkpointCoefficient = (
  objective: SampledObjective,
  w: Float64Array,
  { chains, seed, chain, step }: { chains: number; seed: number; chain: number; step: number },
): CheckpointCoefficient => {
  const { samples } = objective;
  const nBeta = samples > 1 ? samples / log(samples) : 1;
  try {
    const lambdas = Array.from(
      { length: chains },
      (_, member) =>
        langevinCoefficient({
          objective,
          centre: w,
          nBeta,
          gamma: GAMMA,
          stepSize: STEP_SIZE,
          burnIn: 0,
          steps: STEPS,
          random: purpose => stream({ seed, chain, purpose: `lambda ${step} ${member} ${purpose}` }),
        }).lambda,
    );
    return {
      lambda: mean(lambdas),
      lambdaError: chains > 1 ? standardDeviation(lambdas) / Math.sqrt(chains) : null,
    };
  } catch (error) {
    if (!isLandauError(error, "diverged")) throw error;
    return { lambda: null, lambdaError: null };
  }
};
