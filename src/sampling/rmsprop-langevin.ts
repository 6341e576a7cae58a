import { checkNotNegative, checkPositive, checkWithin } from "./checks.ts";
import type { ChainPoint } from "./point.ts";
import type { Sampler } from "./sampler.ts";
import { unadjusted } from "./unadjusted.ts";
import { reflect } from "./walls.ts";

/**
 * Langevin with the preconditioner of RMSprop, for parameters of different scales. With g = grad U(w),
 *
 *     v <- decay v + (1 - decay) g^2,   G = 1 / (damping + sqrt v),
 *     w <- w - (stepSize / 2) G g + noise sqrt(stepSize G) xi,   xi ~ N(0, I).   [Li, Chen, Carlson, Carin 2016, arXiv 1512.07666]
 *
 * The derivative of G is left out, as everywhere in practice; while v still moves this biases the draws. By default v is therefore
 * learnt in the burn-in and then held, after which G is any fixed preconditioner and the bias is that of Langevin alone.
 */
export interface RmspropLangevinSettings {
  /** Size of a step; G times it is a squared length. */
  readonly stepSize: number;
  /** Share of v that a step keeps. 0.99 when absent. */
  readonly decay?: number;
  /** Added to the root mean square of the gradient of U, in its units: below it a direction isn't sped up further. 1 when absent. */
  readonly damping?: number;
  /** Whether v goes on moving after the burn-in, as in the source. False when absent. */
  readonly keepLearning?: boolean;
  /** Samples per gradient; all when absent. */
  readonly batch?: number;
  /** Factor of the noise: 1 samples the target, 0 is RMSprop. 1 when absent. */
  readonly noise?: number;
}

export type RmspropLangevinState = ChainPoint & {
  /** Running mean of the squared gradient. */
  squares: Float64Array;
};

export const rmspropLangevin = ({
  stepSize,
  decay = 0.99,
  damping = 1,
  keepLearning = false,
  batch,
  noise = 1,
}: RmspropLangevinSettings): Sampler<RmspropLangevinState> => {
  checkPositive("stepSize", stepSize);
  checkWithin("decay", decay, 0, 1);
  checkPositive("damping", damping);
  checkNotNegative("noise", noise);
  const name = "rmsprop-langevin";
  const settings = { stepSize, decay, damping, keepLearning, ...(batch !== undefined && { batch }), noise };
  return unadjusted({
    name,
    settings,
    batch,
    on(target, context, advance) {
      const { box } = target.prior;
      return {
        hint: () => "needs a smaller stepSize or a larger damping",
        init(point) {
          const state = { ...point, squares: new Float64Array(point.w.length) };
          // As if the first gradient had been there for ever: from 0 the first steps would be the longest.
          for (let i = 0; i < state.w.length; i++) state.squares[i] = state.gradient[i] * state.gradient[i];
          return state;
        },
        step(state, xi) {
          const { w, gradient, squares } = state;
          const learns = keepLearning || state.step < context.burnIn;
          for (let i = 0; i < w.length; i++) {
            const g = gradient[i];
            if (learns) squares[i] = decay * squares[i] + (1 - decay) * g * g;
            const length = stepSize / (damping + Math.sqrt(squares[i]));
            w[i] += noise * Math.sqrt(length) * xi[i] - 0.5 * length * g;
          }
          if (box) reflect(box, w);
          advance(state);
        },
      };
    },
  });
};
