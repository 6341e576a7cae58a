import type { SampledObjective } from "../contracts/objective.ts";
import { invalid } from "../errors.ts";
import type { ChainContext } from "./sampler.ts";
import type { Target } from "./target.ts";

/** U on a batch in place of U: overwrites `gradient` and `loss`, as the target's own would. */
export type BatchSource = (w: Float64Array, gradient: Float64Array, loss: Float64Array, step: number) => number;

/**
 * A fresh batch without replacement at every step, independent of all others, so that the noise of the gradient is what the theory
 * of stochastic gradients takes it to be. Addressed by the step, at a cost of `batch` swaps.
 *
 * Throws a LandauError when the objective has no samples, or too few.
 */
export const batchSource = (target: Target, batch: number, { random }: ChainContext): BatchSource => {
  const { objective } = target;
  if (!("samples" in objective))
    throw invalid("batch", batch, "an objective that has samples; leave it out for the whole loss");
  const { samples } = objective as SampledObjective;
  if (!(Number.isSafeInteger(batch) && batch >= 1 && batch <= samples))
    throw invalid("batch", batch, `a whole number from 1 to the number of samples, ${samples}`);
  const numbers = random("batch");
  const order = Int32Array.from({ length: samples }, (_, i) => i);
  const swapped = new Int32Array(batch);
  const chosen = { order, from: 0, to: batch };
  return (w, gradient, loss, step) => {
    numbers.at(step);
    // The first `batch` swaps of a Fisher-Yates shuffle, undone afterwards: the order never depends on earlier steps.
    for (let i = 0; i < batch; i++) {
      swapped[i] = i + numbers.below(samples - i);
      swap(order, i, swapped[i]);
    }
    const value = target.batchValueAndGradient(w, gradient, loss, chosen);
    for (let i = batch - 1; i >= 0; i--) swap(order, i, swapped[i]);
    return value;
  };
};

const swap = (order: Int32Array, i: number, j: number): void => {
  const kept = order[i];
  order[i] = order[j];
  order[j] = kept;
};
