import type { Objective } from "../contracts/objective.ts";
import { invalid } from "../errors.ts";
import { checkNotNegative, checkPositive } from "./checks.ts";
import { largestCurvature } from "./curvature.ts";
import type { ChainPoint } from "./point.ts";
import { localised } from "./prior.ts";
import type { Sampler } from "./sampler.ts";
import { posterior } from "./target.ts";
import { unadjusted } from "./unadjusted.ts";
import { reflect } from "./walls.ts";

/**
 * Unadjusted Langevin, with batches stochastic gradient Langevin (SGLD):
 *
 *     w <- w - (stepSize / 2) grad U(w) + noise sqrt(stepSize) xi,   xi ~ N(0, I).   [Welling & Teh 2011]
 *
 * Accepts every step, so that the step size biases it: along a direction of curvature a the variance is 1 / (a (1 - stepSize a / 4))
 * instead of 1 / a, and batches whose gradient of U has variance C add a factor 1 + stepSize C / 4. Stable for stepSize < 4 / a.
 */
export interface LangevinSettings {
  /**
   * Squared length scale of a step, in squared parameter units. When absent a fortieth of the stable limit, from the largest
   * curvature at the start: variances are then at most 2.6 % too large.
   */
  readonly stepSize?: number;
  /** Samples per gradient; all when absent. */
  readonly batch?: number;
  /** Factor of the noise: 1 samples the target, 0 is gradient descent on U at the rate stepSize / 2. 1 when absent. */
  readonly noise?: number;
}

export type LangevinState = ChainPoint & { stepSize: number };

export const langevin = ({ stepSize, batch, noise = 1 }: LangevinSettings = {}): Sampler<LangevinState> => {
  if (stepSize !== undefined) checkPositive("stepSize", stepSize);
  checkNotNegative("noise", noise);
  const name = "langevin";
  const settings = { ...(stepSize !== undefined && { stepSize }), ...(batch !== undefined && { batch }), noise };
  return unadjusted({
    name,
    settings,
    batch,
    on(target, context, advance) {
      let start: Float64Array | undefined;
      const limit = (w: Float64Array): number => 4 / largestCurvature(target, w, context.random("curvature"));
      const hint = (): string => {
        const most = start ? limit(start) : Number.NaN;
        return most > 0 && most < Infinity
          ? `needs stepSize < ${most.toPrecision(3)} (4 / largest curvature of U at the start)`
          : "needs a smaller stepSize";
      };
      const { box } = target.prior;
      return {
        hint,
        init(point) {
          const state = { ...point, stepSize: stepSize ?? 0 };
          start = point.w.slice();
          if (stepSize === undefined) {
            state.stepSize = SHARE * limit(start);
            if (!(state.stepSize > 0 && state.stepSize < Infinity))
              throw invalid(
                "stepSize",
                stepSize,
                "a number, as U has no curvature at the start that one could follow from",
              );
          }
          return state;
        },
        step(state, xi) {
          langevinMove(state.w, state.gradient, state.stepSize, xi, noise);
          if (box) reflect(box, state.w);
          advance(state);
        },
        report: state => ({ stepSize: state.stepSize }),
      };
    },
  });
};

const SHARE = 1 / 40;

/** w <- w - (stepSize / 2) gradient + noise sqrt(stepSize) xi. */
const langevinMove = (
  w: Float64Array,
  gradient: Float64Array,
  stepSize: number,
  xi: Float64Array,
  noise: number,
): void => {
  const scale = noise * Math.sqrt(stepSize);
  for (let i = 0; i < w.length; i++) w[i] += scale * xi[i] - 0.5 * stepSize * gradient[i];
};

/** A localised step as a function, for those who bring their own noise. */
export interface LangevinStepSettings {
  readonly stepSize: number;
  readonly nBeta: number;
  /** Strength of the pull towards `centre`; 0 for none. */
  readonly gamma: number;
  readonly centre: Float64Array;
}

/**
 * Moves `w` in place by one step on exp(-nBeta L(w) - (gamma / 2) |w - centre|^2) with the given standard normal `noise`, and uses
 * `gradient` as work space; returns the loss at the point it left.
 */
export const langevinStep = (
  objective: Objective,
  { stepSize, nBeta, gamma, centre }: LangevinStepSettings,
  w: Float64Array,
  noise: Float64Array,
  gradient: Float64Array,
): number => {
  const loss = new Float64Array(1);
  posterior({ objective, nBeta, prior: localised({ gamma, centre }) }).valueAndGradient(w, gradient, loss);
  langevinMove(w, gradient, stepSize, noise, 1);
  return loss[0];
};
