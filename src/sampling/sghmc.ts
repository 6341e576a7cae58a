import { invalid } from "../errors.ts";
import { checkNotNegative, checkPositive } from "./checks.ts";
import type { ChainPoint } from "./point.ts";
import type { Sampler } from "./sampler.ts";
import { unadjusted } from "./unadjusted.ts";
import { reflect } from "./walls.ts";

/**
 * Stochastic gradient Hamiltonian Monte Carlo, momentum with friction and noise:
 *
 *     v <- (1 - friction) v - stepSize grad U(w) + noise sqrt(2 (friction - known) stepSize) xi,   xi ~ N(0, I),
 *     w <- w + v,   known = stepSize gradientVariance / 2.   [Chen, Fox, Guestrin 2014, eq. 15]
 *
 * Velocities have variance near stepSize. Accepts every step; its bias is of first order in sqrt(stepSize) friction.
 */
export interface SghmcSettings {
  /** Learning rate, in squared parameter units. */
  readonly stepSize: number;
  /** Share of the velocity lost in a step, in (0, 1]. 0.1 when absent. */
  readonly friction?: number;
  /** Variance that batches give to the gradient of U, so far as it is known; less noise is then added. 0 when absent. */
  readonly gradientVariance?: number;
  /** Samples per gradient; all when absent. */
  readonly batch?: number;
  /** Factor of the noise: 1 samples the target, 0 is heavy-ball descent. 1 when absent. */
  readonly noise?: number;
}

export type SghmcState = ChainPoint & { velocity: Float64Array };

export const sghmc = ({
  stepSize,
  friction = 0.1,
  gradientVariance = 0,
  batch,
  noise = 1,
}: SghmcSettings): Sampler<SghmcState> => {
  checkPositive("stepSize", stepSize);
  if (!(friction > 0 && friction <= 1)) throw invalid("friction", friction, "a number in (0, 1]");
  checkNotNegative("gradientVariance", gradientVariance);
  checkNotNegative("noise", noise);
  const known = 0.5 * stepSize * gradientVariance;
  if (known > friction)
    throw invalid("gradientVariance", gradientVariance, `at most 2 friction / stepSize = ${(2 * friction) / stepSize}`);
  const name = "sghmc";
  const settings = { stepSize, friction, gradientVariance, ...(batch !== undefined && { batch }), noise };
  return unadjusted({
    name,
    settings,
    batch,
    on({ prior }, _, advance) {
      const scale = noise * Math.sqrt(2 * (friction - known) * stepSize);
      const { box } = prior;
      return {
        hint: () => "needs a smaller stepSize or more friction",
        init: point => ({ ...point, velocity: new Float64Array(point.w.length) }),
        step(state, xi) {
          const { w, gradient, velocity } = state;
          for (let i = 0; i < w.length; i++) {
            velocity[i] += scale * xi[i] - friction * velocity[i] - stepSize * gradient[i];
            w[i] += velocity[i];
          }
          if (box) reflect(box, w, velocity);
          advance(state);
        },
      };
    },
  });
};
