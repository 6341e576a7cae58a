import { checkNotNegative } from "./checks.ts";
import type { Optimiser } from "./optimiser.ts";
import { type Rate, rateSource } from "./rate.ts";

export interface GradientDescentSettings {
  /** Step size, in parameter units per unit of gradient. */
  readonly rate: Rate;
  /** Coupled decay: adds l2 w to the gradient, as a term l2 |w|^2 / 2 of the loss would. */
  readonly l2?: number;
}

/** Gradient descent; stochastic when the gradient is.  g <- g + l2 w;  w <- w - rate g. */
export const gradientDescent = ({ rate, l2 = 0 }: GradientDescentSettings): Optimiser => {
  const rates = rateSource(rate);
  checkNotNegative("l2", l2);
  return {
    name: "gradient descent",
    settings: { rate: rates.settings, l2 },
    memory: [],
    scalars: ["rate"],
    init: () => ({ ...rates.start }),
    advance(state, out) {
      out[0] = rates.next(state);
    },
    update(a, { w, gradient }, { rate }) {
      const g = l2 === 0 ? gradient : a.add(gradient, a.mul(l2, w));
      return { w: a.sub(w, a.mul(rate, g)) };
    },
    step(w, gradient, state) {
      const now = rates.next(state);
      for (let i = 0; i < w.length; i++) w[i] -= now * (l2 === 0 ? gradient[i] : gradient[i] + l2 * w[i]);
    },
  };
};
