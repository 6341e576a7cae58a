import type { Objective, SampledObjective } from "../contracts/objective.ts";
import { invalid } from "../errors.ts";
import { epochOrder } from "./epoch-order.ts";

/** Where a training loop gets its gradient from: overwrites `gradient` at step `step` (from 0) and returns the loss. */
export type GradientSource = (w: Float64Array, gradient: Float64Array, step: number) => number;

/** The whole loss at every step. */
export const fullBatch =
  (objective: Objective): GradientSource =>
  (w, gradient) =>
    objective.lossAndGradient(w, gradient);

export interface Minibatches {
  /** Samples per step; the last batch of an epoch is smaller when it does not divide the number of samples. */
  readonly batch: number;
  readonly seed: number;
  readonly chain: number;
}

export const stepsPerEpoch = (samples: number, batch: number): number => Math.ceil(samples / batch);

/**
 * Minibatches without replacement, in the order of `epochOrder`: a run can continue from any step without saved random
 * state.
 */
export const minibatches = (objective: SampledObjective, { batch, seed, chain }: Minibatches): GradientSource => {
  const { samples } = objective;
  if (!(Number.isInteger(batch) && batch >= 1 && batch <= samples))
    throw invalid("batch", batch, `an integer from 1 to the number of samples, ${samples}`);
  const perEpoch = stepsPerEpoch(samples, batch);
  const orderOf = epochOrder({ samples, seed, chain });
  return (w, gradient, step) => {
    const epoch = Math.floor(step / perEpoch);
    const from = (step - epoch * perEpoch) * batch;
    return objective.batchLossAndGradient(w, gradient, orderOf(epoch), from, Math.min(from + batch, samples));
  };
};
