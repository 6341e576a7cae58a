import { invalid } from "../errors.ts";
import type { Optimiser } from "./optimiser.ts";

export interface GradientDescentSettings {
  /** Step size, in parameter units per unit of gradient. */
  readonly rate: number;
}

/** Gradient descent; stochastic when the gradient is. w <- w - rate g. */
export const gradientDescent = ({ rate }: GradientDescentSettings): Optimiser => {
  if (!(rate > 0 && rate < Infinity)) throw invalid("rate", rate, "a positive number");
  return {
    name: "gradient descent",
    init: () => ({}),
    step(w, gradient) {
      for (let i = 0; i < w.length; i++) w[i] -= rate * gradient[i];
    },
  };
};
