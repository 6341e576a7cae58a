import { invalid } from "../errors.ts";
import type { Optimiser } from "./optimiser.ts";

export interface HeavyBallSettings {
  /** Step size, in parameter units per unit of gradient. */
  readonly rate: number;
  /** Share of the velocity that survives a step, in [0, 1). */
  readonly momentum: number;
}

/** Gradient descent with momentum. v <- momentum v + g;  w <- w - rate v.  [Polyak 1964] */
export const heavyBall = ({ rate, momentum }: HeavyBallSettings): Optimiser => {
  if (!(rate > 0 && rate < Infinity)) throw invalid("rate", rate, "a positive number");
  if (!(momentum >= 0 && momentum < 1)) throw invalid("momentum", momentum, "a number in [0, 1)");
  return {
    name: "heavy ball",
    init: size => ({ velocity: new Float64Array(size) }),
    step(w, gradient, state) {
      const velocity = state.velocity as Float64Array;
      for (let i = 0; i < w.length; i++) {
        velocity[i] = momentum * velocity[i] + gradient[i];
        w[i] -= rate * velocity[i];
      }
    },
  };
};
