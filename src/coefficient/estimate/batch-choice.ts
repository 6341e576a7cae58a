import type { Objective, SampledObjective } from "../../contracts/objective.ts";
import { invalid } from "../../errors.ts";
import { type BatchLosses, batchLosses } from "./batch-losses.ts";
import type { Problem } from "./problem.ts";

/** Which samples the gradients of trajectories are taken of. */
export interface BatchChoice {
  /** Samples of a batch, from which the next cell starts; undefined once only all of them do. */
  size: number | undefined;
  /** Whether the size stays as it is. */
  readonly fixed: boolean;
  lossesOf(batch: number): BatchLosses;
  /** The next larger size; undefined for all samples. */
  grown(batch: number): number | undefined;
}

/** With fewer samples nothing is gained. */
const LEAST_SAMPLES = 2000;
const FIRST_SHARE = 1 / 512;
const FACTOR = 4;
/** A batch of a larger share costs as much as all samples, once refusals are counted. */
const MOST_SHARE = 1 / 64;

/** Whether an objective can be seen through minibatches, and gains from it. */
const gains = (objective: Objective): objective is SampledObjective =>
  "samples" in objective &&
  (objective as SampledObjective).samples >= LEAST_SAMPLES &&
  !(objective as SampledObjective).closedForm;

/** Throws a LandauError for a batch that cannot be. */
export const checkBatchSize = (objective: Objective, batch: number | undefined): void => {
  if (batch === undefined) return;
  if (!("samples" in objective))
    throw invalid("batch", batch, "an objective that has samples; leave it out for the whole loss");
  const { samples } = objective as SampledObjective;
  if (!(Number.isSafeInteger(batch) && batch >= 1 && batch <= samples))
    throw invalid("batch", batch, `a whole number from 1 to the number of samples, ${samples}`);
};

/** Undefined where all samples are to be used: batch says so, or nothing is gained by minibatches. */
export const batchChoiceOf = (problem: Problem, batch: number | undefined): BatchChoice | undefined => {
  const { objective } = problem;
  if (batch === undefined ? !gains(objective) : batch === (objective as SampledObjective).samples) return undefined;
  const sampled = objective as SampledObjective;
  const known = new Map<number, BatchLosses>();
  return {
    size: batch ?? Math.ceil(FIRST_SHARE * sampled.samples),
    fixed: batch !== undefined,
    lossesOf(size) {
      const losses = known.get(size) ?? batchLosses(problem, sampled, size);
      known.set(size, losses);
      return losses;
    },
    grown(size) {
      const next = size * FACTOR;
      return next <= MOST_SHARE * sampled.samples + FACTOR ? next : undefined;
    },
  };
};
