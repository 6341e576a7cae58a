import type { Objective } from "../contracts/objective.ts";
import { invalid } from "../errors.ts";
import { exp, log } from "../numerics/elementary.ts";
import { descend } from "./descend.ts";
import { gradientDescent } from "./gradient-descent.ts";
import { fullBatch } from "./gradients.ts";

export interface Anneal {
  /** Values of the control in the order in which they are visited. */
  readonly values: ArrayLike<number>;
  /** The loss at a value of the control; of the same size at all. */
  objective(value: number): Objective;
  /** Step size of gradient descent. */
  readonly stepSize: number;
  /** Steps at each value. */
  readonly steps: number;
  /** Parameters at the start; moved in place and carried from value to value. */
  readonly w: Float64Array;
  /** Called before the steps at a value: a kick out of a state that descent can't leave by itself. */
  kick?(w: Float64Array, index: number): void;
  /** Called after the steps at a value, with the live parameters. */
  visit(stage: {
    readonly value: number;
    readonly index: number;
    readonly w: Float64Array;
    readonly loss: number;
  }): void;
}

/**
 * A slow sweep: gradient descent at one value of a control after the other, each from where the one before ended. Throws what
 * `descend` throws when it leaves the finite numbers.
 */
export const anneal = ({ values, objective, stepSize, steps, w, kick, visit }: Anneal): void => {
  if (!(Number.isInteger(steps) && steps >= 1)) throw invalid("steps", steps, "an integer >= 1");
  const optimiser = gradientDescent({ rate: stepSize });
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    const loss = objective(value);
    kick?.(w, index);
    descend({
      gradients: fullBatch(loss),
      optimiser,
      w,
      checkpoints: [steps],
      visit: () => visit({ value, index, w, loss: loss.loss(w) }),
    });
  }
};

/**
 * `count` values from `from` to `to`, both included: equally spaced, or on the way from one to the next multiplied by the same factor, for which
 * both have to be positive.
 */
export const sweepValues = (
  from: number,
  to: number,
  count: number,
  spacing: "linear" | "log" = "linear",
): Float64Array => {
  if (count === 1) return Float64Array.of(from);
  if (spacing === "linear")
    return Float64Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
  for (const [name, value] of Object.entries({ from, to }))
    if (!(value > 0)) throw invalid(name, value, "a positive number where values are spaced by factors");
  const span = log(to / from);
  return Float64Array.from({ length: count }, (_, i) => (i === count - 1 ? to : from * exp((span * i) / (count - 1))));
};
