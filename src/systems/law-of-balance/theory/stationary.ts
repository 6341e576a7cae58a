import { invalid } from "../../../errors.ts";
import { arctan } from "../../../numerics/arctan.ts";
import { log } from "../../../numerics/elementary.ts";
import { logIntegral } from "../../../numerics/log-integral.ts";
import { gaussianParameters, type NoiseParameters } from "../model.ts";
import { criticalTemperature, lastModeTemperature } from "./laws.ts";

export interface StationaryLaw {
  readonly params: NoiseParameters;
  readonly Tc: number;
  /** Above it there is no mode besides 0; null where there always is one. */
  readonly Tstar: number | null;
  /** Most likely v > 0; null when there is none. */
  readonly mode: number | null;
  readonly mean: number;
  /** E[v^2] */
  readonly second: number;
  /** E[ln v]; null when the law is a point at 0, as is logZ. */
  readonly logmean: number | null;
  /** ln of the integral of the density as it is written. */
  readonly logZ: number | null;
  /** ln p(v) - ln p(1) at the asked v; null when the law is a point at 0. */
  readonly logDensityDiff: readonly number[] | null;
}

/**
 * Stationary law of v = u w under the Langevin limit of SGD at depth 1, for Gaussian inputs:
 *
 *     p(v) ~ v^(b/(2 a3 T) - 3/2) (a1 v^2 - 2 a2 v + a3)^(-1 - b/(4 T a3)) exp(-(a3 b1 - a2 b)/(2 T a3 sqrt D) arctan((a1 v - a2)/sqrt D))
 *
 * on v > 0, with b = b2 - gamma and D = a1 a3 - a2^2.
 * [Ziyin, Li, Ueda, arXiv 2308.06671, eqs. 14 to 16]
 */
export const stationaryLaw = (
  {
    k,
    noiseVar,
    T,
    gamma,
  }: { readonly k: number; readonly noiseVar: number; readonly T: number; readonly gamma: number },
  v: ArrayLike<number>,
): StationaryLaw => {
  if (!(noiseVar > 0)) throw invalid("noiseVar", noiseVar, "a positive number");
  if (!(T > 0)) throw invalid("T", T, "a positive number");
  const params = gaussianParameters(k, noiseVar);
  const { a1, a2, a3, b1, b2 } = params;
  const b = b2 - gamma;
  const Tc = criticalTemperature(params, gamma);
  const Tstar = lastModeTemperature(k, noiseVar);
  if (!(T < Tc))
    return { params, Tc, Tstar, mode: null, mean: 0, second: 0, logmean: null, logZ: null, logDensityDiff: null };
  const root = Math.sqrt(a1 * a3 - a2 * a2);
  const logDensity = (at: number): number =>
    (b / (2 * a3 * T) - 1.5) * log(at) -
    (1 + b / (4 * T * a3)) * log(a1 * at * at - 2 * a2 * at + a3) -
    ((a3 * b1 - a2 * b) / (2 * T * a3 * root)) * arctan((a1 * at - a2) / root);
  const shift = logDensity(1);
  const integral = (weight: (v: number, x: number) => number) => logIntegral(v => logDensity(v) - shift, weight);
  const Z = integral(() => 1);
  const linear = b1 - 10 * a2 * T;
  const discriminant = linear * linear + 28 * a1 * T * (b - 3 * a3 * T);
  const mode = discriminant >= 0 ? (-linear + Math.sqrt(discriminant)) / (14 * a1 * T) : 0;
  return {
    params,
    Tc,
    Tstar,
    mode: mode > 0 ? mode : null,
    mean: integral(v => v) / Z,
    second: integral(v => v * v) / Z,
    logmean: integral((_, x) => x) / Z,
    logZ: log(Z) + shift,
    logDensityDiff: Array.from(v, at => {
      if (!(at > 0)) throw invalid("v", at, "positive numbers");
      return logDensity(at) - shift;
    }),
  };
};

export interface GammaLaw {
  readonly shape: number | null;
  readonly scale: number | null;
  readonly mean: number;
  readonly variance: number;
  readonly Tc: number;
}

/** The law for inputs x = +-1, where a1 = a2 = 0: a Gamma law up to T_c, a point at 0 above. */
export const gammaLaw = (
  { a3, b1, b2 }: Pick<NoiseParameters, "a3" | "b1" | "b2">,
  T: number,
  gamma: number,
): GammaLaw => {
  if (!(T > 0)) throw invalid("T", T, "a positive number");
  const b = b2 - gamma;
  const Tc = b / a3;
  if (!(T < Tc)) return { shape: null, scale: null, mean: 0, variance: 0, Tc };
  return {
    shape: b / (2 * a3 * T) - 0.5,
    scale: (2 * T * a3) / b1,
    mean: (b - T * a3) / b1,
    variance: (2 * T * a3 * (b - T * a3)) / (b1 * b1),
    Tc,
  };
};
