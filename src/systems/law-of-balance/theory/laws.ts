import { log } from "../../../numerics/elementary.ts";
import type { NoiseParameters } from "../model.ts";

/** Temperature T = stepSize / batch above which the law of v is a point at 0: (b2 - gamma) / a3. */
export const criticalTemperature = ({ a3, b2 }: NoiseParameters, gamma = 0): number => (b2 - gamma) / a3;

/** The same with the loss corrected to second order in the step: b2 / (a3 + b2^2). [Ziyin, Li, Ueda, arXiv 2308.06671, eq. 54] */
export const correctedCriticalTemperature = ({ a3, b2 }: NoiseParameters): number => b2 / (a3 + b2 * b2);

/** Exponent of P(v < e) ~ e^a at depth 1: (T_c/T - 1)/2. Above 1 (T < T_c/3) zero has no density, at 0 (T_c) all of it. */
export const exponentAtZero = (params: NoiseParameters, T: number, gamma = 0): number =>
  0.5 * (criticalTemperature(params, gamma) / T - 1);

/**
 * Temperature at which the mode besides zero meets the minimum beside it, (4k + sqrt(42 s2)) / (4 (21 s2 - 8 k^2)) for Gaussian inputs without
 * weight decay; null where they never meet. Above it there is no such mode. Where 20 k times it is below 1 they meet beyond zero: the mode was lost at T_c/3.
 */
export const lastModeTemperature = (k: number, noiseVar: number): number | null => {
  const excess = 21 * noiseVar - 8 * k * k;
  return excess > 0 ? (4 * k + Math.sqrt(42 * noiseVar)) / (4 * excess) : null;
};

/** Without a hidden layer, inputs +-1 and batch size 1, v is a random walk with a pull: mean k, variance eta a3 / (1 - eta) exactly. */
export const depthZeroVariance = (eta: number, a3: number): number => (eta * a3) / (1 - eta);

/** Growth of ln |u + w| in a step of batch size 1 near the origin: mean of ln |1 + 2 eta (x y - gamma)|. Negative: collapse. */
export const lyapunovExponent = (x: ArrayLike<number>, y: ArrayLike<number>, eta: number, gamma: number): number => {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += log(Math.abs(1 + 2 * eta * (x[i] * y[i] - gamma)));
  return sum / x.length;
};

/** Rate at which ln (u^2 - w^2) falls in a unit of time eta steps: T C0 + 4 gamma. */
export const balanceRate = (T: number, C0: number, gamma: number): number => T * C0 + 4 * gamma;
