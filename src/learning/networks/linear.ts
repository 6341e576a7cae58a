import type { Objective } from "../../contracts/objective.ts";
import type { Moments } from "../data/weighted.ts";
import { layoutOf } from "./layout.ts";
import { leftProducts, linearLoss, linearSteps } from "./loops/linear.ts";
import type { Decays } from "./penalty.ts";
import { stepsOf } from "./steps-of.ts";

export interface LinearObjective extends Objective {
  /** Overwrites `v` (length dx) with the predictor U^T W_D ... W_1. */
  predictor(w: Float64Array, v: Float64Array): void;
}

/** Nanoseconds that a parameter takes in a step. */
const ENTRY_TIME = 5;

/**
 * The loss of a deep linear network, L = v A0 v - 2 n . v + Ey2 + penalties with v = U^T W_D ... W_1, and its gradient: two products of a vector
 * with each layer. With e = 2 (A0 v - n), that of W_l is the outer product of W_(l+1)^T ... W_D^T U and W_(l-1) ... W_1 e.
 */
export const linearObjective = (
  { A0, n, Ey2 }: Moments,
  { widths, gammaW, gammaU }: Decays & { readonly widths: readonly number[] },
): LinearObjective => {
  const { sizes, size, parameters } = layoutOf(n.length, widths);
  const shape = Int32Array.of(widths.length, ...sizes);
  const constants = Float64Array.of(Ey2, ...gammaW, gammaU, ...n, ...A0.flat());
  const space = new Float64Array(2 * sizes.reduce((sum, width) => sum + width, 0));
  const scratch = new Float64Array(size);
  return {
    parameters,
    size,
    loss: w => linearLoss(w, scratch, space, shape, constants),
    lossAndGradient: (w, gradient) => linearLoss(w, gradient, space, shape, constants),
    steps: stepsOf("linearSteps", linearSteps, ENTRY_TIME * size, { space, shape, constants }),
    predictor(w, v) {
      leftProducts(w, space, shape);
      v.set(space.subarray(0, v.length));
    },
  };
};
