import { exp } from "../numerics/elementary.ts";
import { checkNotNegative, checkPositive } from "./checks.ts";
import type { ChainPoint } from "./point.ts";
import type { Sampler } from "./sampler.ts";
import { unadjusted } from "./unadjusted.ts";
import { reflect } from "./walls.ts";

/**
 * Underdamped Langevin by the splitting BAOAB: half a kick, half a drift, friction and noise exactly, half a drift, half a kick.
 *
 *     p <- p - (stepSize / 2) grad U(w);   w <- w + (stepSize / 2) p;   p <- c p + noise sqrt(1 - c^2) xi;
 *     w <- w + (stepSize / 2) p;   p <- p - (stepSize / 2) grad U(w),   c = exp(-friction stepSize), xi ~ N(0, I).
 *
 * [Leimkuhler & Matthews 2013, doi:10.1093/amrx/abs010] Accepts every step; on a quadratic the positions have no bias at all, whatever the
 * step size below 2 / sqrt(curvature).
 */
export interface BaoabSettings {
  /** Time per step, in parameter units. */
  readonly stepSize: number;
  /** Rate at which momenta are forgotten, in inverse time. 1 when absent. */
  readonly friction?: number;
  /** Samples per gradient; all when absent. */
  readonly batch?: number;
  /** Factor of the noise: 1 samples the target, 0 is a damped fall. 1 when absent. */
  readonly noise?: number;
}

export type BaoabState = ChainPoint & { momentum: Float64Array };

export const baoab = ({ stepSize, friction = 1, batch, noise = 1 }: BaoabSettings): Sampler<BaoabState> => {
  checkPositive("stepSize", stepSize);
  checkPositive("friction", friction);
  checkNotNegative("noise", noise);
  const name = "baoab";
  const settings = { stepSize, friction, ...(batch !== undefined && { batch }), noise };
  return unadjusted({
    name,
    settings,
    batch,
    on(target, context, advance) {
      const kept = exp(-friction * stepSize);
      const scale = noise * Math.sqrt(1 - kept * kept);
      const half = 0.5 * stepSize;
      const { box } = target.prior;
      return {
        hint: () => "needs a smaller stepSize, below 2 / sqrt(largest curvature of U)",
        init(point) {
          const state = { ...point, momentum: new Float64Array(point.w.length) };
          context.random("first momentum").normals(state.momentum);
          for (let i = 0; i < state.w.length; i++) state.momentum[i] *= noise;
          return state;
        },
        step(state, xi) {
          const { w, gradient, momentum } = state;
          for (let i = 0; i < w.length; i++) {
            momentum[i] -= half * gradient[i];
            w[i] += half * momentum[i];
          }
          if (box) reflect(box, w, momentum);
          for (let i = 0; i < w.length; i++) {
            momentum[i] = kept * momentum[i] + scale * xi[i];
            w[i] += half * momentum[i];
          }
          if (box) reflect(box, w, momentum);
          advance(state);
          for (let i = 0; i < w.length; i++) momentum[i] -= half * gradient[i];
        },
      };
    },
  });
};
