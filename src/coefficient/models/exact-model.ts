import type { SampledObjective } from "../../contracts/objective.ts";
import type { Fraction } from "../../numerics/fraction.ts";

/** An objective whose local learning coefficient at a stated minimum is known exactly: what estimators are held against. */
export interface ExactModel {
  /** Unique among all models. */
  readonly name: string;
  readonly family: string;
  /** Number of parameters. */
  readonly dimension: number;
  /** Learning coefficient of K = L - L(w*) in a small ball around w*, for a prior that is positive there. */
  readonly lambda: Fraction;
  readonly multiplicity: number;
  /** n, the data size that nBeta = n beta refers to. */
  readonly samples: number;
  /** Whether the samples differ, so that a minibatch has noise. Otherwise each sample has the loss of all. */
  readonly minibatches: boolean;
  /** A new objective: a mean over `samples` samples, least at w* (near it), with buffers of its own. */
  objective(): SampledObjective;
  /** w*, in a new array. */
  point(): Float64Array;
}

/** The data size of every model. */
export const SAMPLES = 10_000;
