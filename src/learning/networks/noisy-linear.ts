import type { Objective } from "../../contracts/objective.ts";
import type { Moments } from "../data/weighted.ts";
import { layoutOf } from "./layout.ts";
import { noisyLinearLoss, noisyLinearSteps } from "./loops/noisy-linear.ts";
import type { Decays } from "./penalty.ts";
import { stepsOf } from "./steps-of.ts";

/** A network by what its loss sees of it; lists run from the first hidden layer to the last. */
export interface NoisyShape extends Decays {
  readonly widths: readonly number[];
  /** Variance of the multiplicative noise of each hidden layer. */
  readonly sigma2: readonly number[];
}

/**
 * Exact expectation over data and multiplicative noise of the loss of f(x) = U^T E_D W_D ... E_1 W_1 x, with its gradient:
 *
 *     M_0 = A0, M_l = W_l M_(l-1) W_l^T + sigma2_l diag(.), r_0 = n, r_l = W_l r_(l-1)
 *     L = U^T M_D U - 2 U . r_D + Ey2 + gamma_u |U|^2 + sum_l gamma_l |W_l|^2
 *
 * Costs of order d^3 a layer; without noise `linearObjective` is cheaper. [Ziyin, Li and Meng, arXiv 2202.04777, eq. 1]
 */
export const noisyLinearObjective = (
  { A0, n, Ey2 }: Moments,
  { widths, sigma2, gammaW, gammaU }: NoisyShape,
): Objective => {
  const { sizes, size, parameters } = layoutOf(n.length, widths);
  const largest = Math.max(...sizes);
  const shape = Int32Array.of(widths.length, ...sizes, largest);
  const constants = Float64Array.of(Ey2, ...gammaW, gammaU, ...sigma2, ...n, ...A0.flat());
  const layers = sizes.reduce((sum, d, l) => sum + d * (d + 1 + (sizes[l + 1] ?? 0)), 0);
  const space = new Float64Array(layers + 3 * largest * largest + 2 * largest);
  const scratch = new Float64Array(size);
  return {
    parameters,
    size,
    loss: w => noisyLinearLoss(w, scratch, space, shape, constants),
    lossAndGradient: (w, gradient) => noisyLinearLoss(w, gradient, space, shape, constants),
    steps: stepsOf("noisyLinearSteps", noisyLinearSteps, ENTRY_TIME * size, { space, shape, constants }),
  };
};

/** Nanoseconds that a parameter takes in a step. */
const ENTRY_TIME = 30;
