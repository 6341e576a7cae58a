import { type Objective, objectiveOf } from "../../contracts/objective.ts";
import { invalid } from "../../errors.ts";
import type { Stream } from "../../numerics/stream.ts";

/** What stochastic gradient descent sees of the data. a1 = Var x^2, a2 = Cov(x^2, x y), a3 = Var x y, b1 = E x^2, b2 = E x y. */
export interface NoiseParameters {
  readonly a1: number;
  readonly a2: number;
  readonly a3: number;
  readonly b1: number;
  readonly b2: number;
}

/** The parameters of a population of equally likely points. */
export const populationParameters = (x: ArrayLike<number>, y: ArrayLike<number>): NoiseParameters => {
  if (x.length === 0 || x.length !== y.length)
    throw invalid("y", [...Array.from(y)], `${Math.max(1, x.length)} numbers, as x has`);
  const mean = (f: (x: number, y: number) => number): number => {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += f(x[i], y[i]);
    return sum / x.length;
  };
  const b1 = mean(x => x * x);
  const b2 = mean((x, y) => x * y);
  return {
    a1: mean(x => x * x * x * x) - b1 * b1,
    a2: mean((x, y) => x * x * x * y) - b1 * b2,
    a3: mean((x, y) => x * x * y * y) - b2 * b2,
    b1,
    b2,
  };
};

/** y = k x + noise with x ~ N(0, 1): a = (2, 2k, 2k^2 + s2), b = (1, k). */
export const gaussianParameters = (k: number, noiseVar: number): NoiseParameters => ({
  a1: 2,
  a2: 2 * k,
  a3: 2 * k * k + noiseVar,
  b1: 1,
  b2: k,
});

/** y = k x + noise with x = +-1: a1 = a2 = 0. */
export const signParameters = ({ k, noiseVar }: Pick<SignData, "k" | "noiseVar">): NoiseParameters => ({
  a1: 0,
  a2: 0,
  a3: noiseVar,
  b1: 1,
  b2: k,
});

/** Variance of the per-sample dl/dv at the predictor v: 4 (a1 v^2 - 2 a2 v + a3). */
export const gradientVariance = ({ a1, a2, a3 }: NoiseParameters, v: number): number =>
  4 * (a1 * v * v - 2 * a2 * v + a3);

/** The two weights of the predictor u w x. */
export interface Layers {
  readonly u: number;
  readonly w: number;
}

/** One step of stochastic gradient descent on (u w x - y)^2 + gamma (u^2 + w^2). G is the slope of the loss in v = u w. */
export const balanceStep = (
  { u, w }: Layers,
  { x, y, eta, gamma }: { readonly x: number; readonly y: number; readonly eta: number; readonly gamma: number },
): Layers & { readonly G: number } => {
  const G = 2 * (u * w * x - y) * x;
  return { u: u - eta * (G * w + 2 * gamma * u), w: w - eta * (G * u + 2 * gamma * w), G };
};

/** Exact factor of u^2 - w^2 in one step: (1 - 2 eta gamma)^2 - eta^2 G^2. */
export const balanceFactor = (eta: number, gamma: number, G: number): number =>
  (1 - 2 * eta * gamma) * (1 - 2 * eta * gamma) - eta * eta * G * G;

/** Data y = k x + noise with inputs x = +-1, and how SGD steps on them, one sample a step. */
export interface SignData {
  readonly k: number;
  readonly noiseVar: number;
  readonly stepSize: number;
  readonly weightDecay: number;
}

/** Steps of SGD as `balanceStep` makes them, one sample each. Of inputs +-1 only x y = k +- noise matters, so x is 1. */
export const balanceSteps = (
  { u, w }: Layers,
  { k, noiseVar, stepSize: eta, weightDecay: gamma }: SignData,
  steps: number,
  random: Stream,
): Layers => {
  const spread = Math.sqrt(noiseVar);
  for (let step = 0; step < steps; step++) {
    const G = 2 * (u * w - (k + spread * random.normal()));
    const next = u - eta * (G * w + 2 * gamma * u);
    w -= eta * (G * u + 2 * gamma * w);
    u = next;
  }
  return { u, w };
};

/**
 * The mean loss that SGD descends, of independent networks side by side: the mean over walkers of
 *
 *     (u w - k)^2 + noiseVar + weightDecay (u^2 + w^2)
 *
 * The state holds u and w of the first walker, then of the second, and so on.
 */
export const walkersObjective = (
  { k, noiseVar, weightDecay }: Omit<SignData, "stepSize">,
  walkers: number,
): Objective =>
  objectiveOf({ layers: [walkers, 2] }, (state, gradient) => {
    let loss = 0;
    for (let i = 0; i < state.length; i += 2) {
      const [u, w] = [state[i], state[i + 1]];
      const error = u * w - k;
      loss += error * error + noiseVar + weightDecay * (u * u + w * w);
      gradient[i] = (2 * (error * w + weightDecay * u)) / walkers;
      gradient[i + 1] = (2 * (error * u + weightDecay * w)) / walkers;
    }
    return loss / walkers;
  });
