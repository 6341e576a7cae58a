import { stream } from "../../src/numerics/stream.ts";

export interface LossChains {
  readonly seed: number;
  readonly chains?: number;
  readonly draws?: number;
  /** Directions of a quadratic K, so that the coefficient is half of them. */
  readonly directions?: number;
  /** What is left of a direction after a step. */
  readonly left?: number;
  /** Standard deviation of what minibatches add to nBeta K. */
  readonly noise?: number;
  readonly nBeta?: number;
  readonly baseline?: number;
}

/** Losses along chains that begin at w*: each direction forgets where it was by a factor a step, as Langevin dynamics in a quadratic well do. */
export const lossChains = ({
  seed,
  chains = 4,
  draws = 800,
  directions = 8,
  left = 0.8,
  noise = 1,
  nBeta = 500,
  baseline = 0.4,
}: LossChains): Float64Array[] =>
  Array.from({ length: chains }, (_, chain) => {
    const numbers = stream({ seed, chain, purpose: "test loss chains" });
    const x = new Float64Array(directions);
    const kick = Math.sqrt(1 - left * left);
    return Float64Array.from({ length: draws }, () => {
      let energy = 0;
      for (let i = 0; i < directions; i++) {
        x[i] = left * x[i] + kick * numbers.normal();
        energy += 0.5 * x[i] * x[i];
      }
      return baseline + (energy + noise * numbers.normal()) / nBeta;
    });
  });
