import type { Objective, SampledObjective, StepRule } from "../contracts/objective.ts";
import { invalid } from "../errors.ts";
import { epochOrder } from "./epoch-order.ts";

/** Where a training loop gets its gradient from: overwrites `gradient` at step `step` (from 0) and returns the loss. */
export interface GradientSource {
  (w: Float64Array, gradient: Float64Array, step: number): number;
  /**
   * Makes steps of a rule from number `step` on, but not step `until`, as many as one call can: how many there were before the first whose loss is
   * not finite. Absent where there is no faster way than one after the other.
   */
  readonly steps?: (
    w: Float64Array,
    gradient: Float64Array,
    velocity: Float64Array,
    step: number,
    until: number,
    rule: StepRule,
  ) => number;
}

/** The whole loss at every step. */
export const fullBatch = (objective: Objective): GradientSource => {
  const source: GradientSource = (w, gradient) => objective.lossAndGradient(w, gradient);
  const steps: GradientSource["steps"] = (w, gradient, velocity, step, until, rule) =>
    objective.steps!(w, gradient, velocity, until - step, rule);
  return objective.steps ? Object.assign(source, { steps }) : source;
};

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
  /** The epoch of a step, and the first sample of its batch. */
  const placeOf = (step: number) => {
    const epoch = Math.floor(step / perEpoch);
    return { epoch, from: (step - epoch * perEpoch) * batch };
  };
  const source: GradientSource = (w, gradient, step) => {
    const { epoch, from } = placeOf(step);
    return objective.batchLossAndGradient(w, gradient, orderOf(epoch), from, Math.min(from + batch, samples));
  };
  const steps: GradientSource["steps"] = (w, gradient, velocity, step, until, rule) => {
    const { epoch, from } = placeOf(step);
    const to = Math.min(from + (until - step) * batch, samples);
    return objective.batchSteps!(w, gradient, velocity, orderOf(epoch), { from, to, batch }, rule);
  };
  return objective.batchSteps ? Object.assign(source, { steps }) : source;
};
