import { checkNotNegative, checkPositive, checkShare } from "./checks.ts";
import type { Optimiser } from "./optimiser.ts";
import { type StepSize, stepSizeSource } from "./step-size.ts";

export interface AdamSettings {
  /** Step size, in parameter units. */
  readonly stepSize: StepSize;
  /** Memory of the mean of the gradient, in [0, 1). */
  readonly beta1?: number;
  /** Memory of the mean of its square, in [0, 1). */
  readonly beta2?: number;
  /** Added to the root mean square gradient. */
  readonly epsilon?: number;
  /** Decoupled decay: w <- (1 - stepSize weightDecay) w before the step. 0 is Adam, more is AdamW. */
  readonly weightDecay?: number;
  /** Coupled decay: adds l2 w to the gradient, as a term l2 |w|^2 / 2 of the loss would. */
  readonly l2?: number;
}

/**
 * Adam, and AdamW when weightDecay > 0.  g <- g + l2 w;  m <- b1 m + (1 - b1) g;  v <- b2 v + (1 - b2) g^2;
 * w <- (1 - stepSize weightDecay) w - stepSize (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon), t = 1, 2, ...
 * [Kingma & Ba 2015; Loshchilov & Hutter 2019]
 */
export const adam = ({
  stepSize,
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-8,
  weightDecay = 0,
  l2 = 0,
}: AdamSettings): Optimiser => {
  const stepSizes = stepSizeSource(stepSize);
  checkShare("beta1", beta1);
  checkShare("beta2", beta2);
  checkPositive("epsilon", epsilon);
  checkNotNegative("weightDecay", weightDecay);
  checkNotNegative("l2", l2);
  // Computed once in float64, so that a single-precision program gets them rounded once.
  const fresh1 = 1 - beta1;
  const fresh2 = 1 - beta2;
  const decays = weightDecay > 0;
  const scalars = decays
    ? ["stepSize", "correction1", "correction2", "keep"]
    : ["stepSize", "correction1", "correction2"];

  const optimiser: Optimiser = {
    name: decays ? "AdamW" : "Adam",
    settings: { stepSize: stepSizes.settings, beta1, beta2, epsilon, weightDecay, l2 },
    memory: ["mean", "square"],
    scalars,
    // The powers b^t are kept by multiplication: a power function would differ between JavaScript engines.
    init: size => ({
      mean: new Float64Array(size),
      square: new Float64Array(size),
      power1: 1,
      power2: 1,
      ...stepSizes.start,
    }),
    advance(state, out) {
      state.power1 = (state.power1 as number) * beta1;
      state.power2 = (state.power2 as number) * beta2;
      out[0] = stepSizes.next(state);
      out[1] = 1 / (1 - state.power1);
      out[2] = 1 / (1 - state.power2);
      if (decays) out[3] = 1 - out[0] * weightDecay;
    },
    update(a, { w, gradient, ...before }, { stepSize, correction1, correction2, keep }) {
      const g = l2 === 0 ? gradient : a.add(gradient, a.mul(l2, w));
      const mean = a.add(a.mul(beta1, before.mean), a.mul(fresh1, g));
      const square = a.add(a.mul(beta2, before.square), a.mul(a.mul(fresh2, g), g));
      const scale = a.add(a.sqrt(a.mul(square, correction2)), epsilon);
      const change = a.div(a.mul(stepSize, a.mul(mean, correction1)), scale);
      return { w: a.sub(decays ? a.mul(keep, w) : w, change), mean, square };
    },
    step(w, gradient, state) {
      const mean = state.mean as Float64Array;
      const square = state.square as Float64Array;
      optimiser.advance(state, now);
      const stepSize = now[0];
      const correction1 = now[1];
      const correction2 = now[2];
      const keep = decays ? now[3] : 1;
      for (let i = 0; i < w.length; i++) {
        const g = l2 === 0 ? gradient[i] : gradient[i] + l2 * w[i];
        const m = beta1 * mean[i] + fresh1 * g;
        const v = beta2 * square[i] + fresh2 * g * g;
        mean[i] = m;
        square[i] = v;
        w[i] = keep * w[i] - (stepSize * (m * correction1)) / (Math.sqrt(v * correction2) + epsilon);
      }
    },
  };
  const now = new Float64Array(scalars.length);
  return optimiser;
};
