import { invalid } from "../errors.ts";
import type { Optimiser } from "./optimiser.ts";

export interface AdamSettings {
  /** Step size, in parameter units. */
  readonly rate: number;
  /** Memory of the mean of the gradient, in [0, 1). */
  readonly beta1?: number;
  /** Memory of the mean of its square, in [0, 1). */
  readonly beta2?: number;
  /** Added to the root mean square gradient. */
  readonly epsilon?: number;
  /** Decoupled decay: w <- (1 - rate weightDecay) w before the step. 0 is Adam, more is AdamW. */
  readonly weightDecay?: number;
}

/**
 * Adam, and AdamW when weightDecay > 0.  m <- b1 m + (1 - b1) g;  v <- b2 v + (1 - b2) g^2;
 * w <- (1 - rate weightDecay) w - rate (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon).
 * [Kingma & Ba 2015; Loshchilov & Hutter 2019]
 */
export const adam = ({
  rate,
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-8,
  weightDecay = 0,
}: AdamSettings): Optimiser => {
  if (!(rate > 0 && rate < Infinity)) throw invalid("rate", rate, "a positive number");
  if (!(beta1 >= 0 && beta1 < 1)) throw invalid("beta1", beta1, "a number in [0, 1)");
  if (!(beta2 >= 0 && beta2 < 1)) throw invalid("beta2", beta2, "a number in [0, 1)");
  if (!(epsilon > 0 && epsilon < Infinity)) throw invalid("epsilon", epsilon, "a positive number");
  if (!(weightDecay >= 0 && weightDecay < Infinity)) throw invalid("weightDecay", weightDecay, "a number from 0");
  return {
    name: weightDecay > 0 ? "AdamW" : "Adam",
    // The powers b^t are kept by multiplication: a power function would differ between JavaScript engines.
    init: size => ({ mean: new Float64Array(size), square: new Float64Array(size), power1: 1, power2: 1 }),
    step(w, gradient, state) {
      const mean = state.mean as Float64Array;
      const square = state.square as Float64Array;
      state.power1 = (state.power1 as number) * beta1;
      state.power2 = (state.power2 as number) * beta2;
      const correction1 = 1 / (1 - state.power1);
      const correction2 = 1 / (1 - state.power2);
      const keep = 1 - rate * weightDecay;
      for (let i = 0; i < w.length; i++) {
        const g = gradient[i];
        mean[i] = beta1 * mean[i] + (1 - beta1) * g;
        square[i] = beta2 * square[i] + (1 - beta2) * g * g;
        w[i] = keep * w[i] - (rate * (mean[i] * correction1)) / (Math.sqrt(square[i] * correction2) + epsilon);
      }
    },
  };
};
