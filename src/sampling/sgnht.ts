import { checkPositive } from "./checks.ts";
import type { ChainPoint } from "./point.ts";
import type { Sampler } from "./sampler.ts";
import { unadjusted } from "./unadjusted.ts";
import { reflect } from "./walls.ts";

/**
 * Stochastic gradient Nose-Hoover thermostat: the friction adapts itself until the momenta have unit temperature, whatever noise the
 * gradients carry.
 *
 *     p <- p - thermostat p stepSize - grad U(w) stepSize + sqrt(2 diffusion stepSize) xi,   xi ~ N(0, I),
 *     w <- w + p stepSize,   thermostat <- thermostat + (|p|^2 / size - 1) stepSize.   [Ding et al. 2014, algorithm 2]
 *
 * Accepts every step; its bias is of first order in stepSize.
 */
export interface SgnhtSettings {
  /** Time per step, in parameter units. */
  readonly stepSize: number;
  /** Strength of the noise that is added, in inverse time; the thermostat begins there. 1 when absent. */
  readonly diffusion?: number;
  /** Samples per gradient; all when absent. */
  readonly batch?: number;
}

export type SgnhtState = ChainPoint & { momentum: Float64Array; thermostat: number };

export const sgnht = ({ stepSize, diffusion = 1, batch }: SgnhtSettings): Sampler<SgnhtState> => {
  checkPositive("stepSize", stepSize);
  checkPositive("diffusion", diffusion);
  const name = "sgnht";
  const settings = { stepSize, diffusion, ...(batch !== undefined && { batch }) };
  return unadjusted({
    name,
    settings,
    batch,
    on(target, context, advance) {
      const scale = Math.sqrt(2 * diffusion * stepSize);
      const { box } = target.prior;
      return {
        hint: () => "needs a smaller stepSize",
        init(point) {
          const state = { ...point, momentum: new Float64Array(point.w.length), thermostat: diffusion };
          context.random("first momentum").normals(state.momentum);
          return state;
        },
        step(state, xi) {
          const { w, gradient, momentum, thermostat } = state;
          let squares = 0;
          for (let i = 0; i < w.length; i++) {
            const p = momentum[i] + scale * xi[i] - stepSize * (thermostat * momentum[i] + gradient[i]);
            momentum[i] = p;
            w[i] += stepSize * p;
            squares += p * p;
          }
          state.thermostat = thermostat + stepSize * (squares / w.length - 1);
          if (box) reflect(box, w, momentum);
          advance(state);
        },
        report: state => ({ thermostat: state.thermostat }),
      };
    },
  });
};
