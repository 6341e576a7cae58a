import { checkNotNegative } from "./checks.ts";
import { descentStep } from "./loops/steps.ts";
import type { Optimiser } from "./optimiser.ts";
import { type StepSize, stepSizeSource } from "./step-size.ts";

export interface GradientDescentSettings {
  /** Step size, in parameter units per unit of gradient. */
  readonly stepSize: StepSize;
  /** Coupled decay: adds l2 w to the gradient, as a term l2 |w|^2 / 2 of the loss would. */
  readonly l2?: number;
}

/** Gradient descent; stochastic when the gradient is.  g <- g + l2 w;  w <- w - stepSize g. */
export const gradientDescent = ({ stepSize, l2 = 0 }: GradientDescentSettings): Optimiser => {
  const stepSizes = stepSizeSource(stepSize);
  checkNotNegative("l2", l2);
  return {
    name: "gradient descent",
    settings: { stepSize: stepSizes.settings, l2 },
    ...(typeof stepSize === "number" && { stepRule: { stepSize, momentum: null, nesterov: false, l2 } }),
    memory: [],
    scalars: ["stepSize"],
    init: () => ({ ...stepSizes.start }),
    advance(state, out) {
      out[0] = stepSizes.next(state);
    },
    update(a, { w, gradient }, { stepSize }) {
      const g = l2 === 0 ? gradient : a.add(gradient, a.mul(l2, w));
      return { w: a.sub(w, a.mul(stepSize, g)) };
    },
    step(w, gradient, state) {
      descentStep(w, gradient, w.length, stepSizes.next(state), l2);
    },
  };
};
