import { checkNotNegative, checkShare } from "./checks.ts";
import { heavyBallStep } from "./loops/steps.ts";
import type { Optimiser } from "./optimiser.ts";
import { type StepSize, stepSizeSource } from "./step-size.ts";

export interface HeavyBallSettings {
  /** Step size, in parameter units per unit of gradient. */
  readonly stepSize: StepSize;
  /** Share of the velocity that survives a step, in [0, 1). */
  readonly momentum: number;
  /** Steps along the gradient plus the velocity to come, rather than along the velocity. */
  readonly nesterov?: boolean;
  /** Coupled decay: adds l2 w to the gradient, as a term l2 |w|^2 / 2 of the loss would. */
  readonly l2?: number;
}

/**
 * Gradient descent with momentum.  g <- g + l2 w;  v <- momentum v + g;  w <- w - stepSize v,
 * or with `nesterov`  w <- w - stepSize (g + momentum v).  [Polyak 1964; Sutskever et al. 2013]
 */
export const heavyBall = ({ stepSize, momentum, nesterov = false, l2 = 0 }: HeavyBallSettings): Optimiser => {
  const stepSizes = stepSizeSource(stepSize);
  checkShare("momentum", momentum);
  checkNotNegative("l2", l2);
  return {
    name: nesterov ? "Nesterov momentum" : "heavy ball",
    settings: { stepSize: stepSizes.settings, momentum, nesterov, l2 },
    ...(typeof stepSize === "number" && { stepRule: { stepSize, momentum, nesterov, l2 } }),
    memory: ["velocity"],
    scalars: ["stepSize"],
    init: size => ({ velocity: new Float64Array(size), ...stepSizes.start }),
    advance(state, out) {
      out[0] = stepSizes.next(state);
    },
    update(a, { w, gradient, velocity: before }, { stepSize }) {
      const g = l2 === 0 ? gradient : a.add(gradient, a.mul(l2, w));
      const velocity = a.add(a.mul(momentum, before), g);
      const along = nesterov ? a.add(g, a.mul(momentum, velocity)) : velocity;
      return { w: a.sub(w, a.mul(stepSize, along)), velocity };
    },
    step(w, gradient, state) {
      const velocity = state.velocity as Float64Array;
      heavyBallStep(w, gradient, velocity, w.length, stepSizes.next(state), momentum, nesterov ? 1 : 0, l2);
    },
  };
};
