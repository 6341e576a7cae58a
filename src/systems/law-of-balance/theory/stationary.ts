import { invalid } from "../../../errors.ts";
import { arctan } from "../../../numerics/arctan.ts";
import { exp, log } from "../../../numerics/elementary.ts";
import { peakedIntegrals } from "../../../numerics/peaked-integrals.ts";
import { gaussianParameters, type NoiseParameters } from "../model.ts";
import { criticalTemperature, exponentAtZero, lastModeTemperature } from "./laws.ts";

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
  /** Largest error of the integrals behind them, as a share of the integral of the absolute value; 0 when the law is a point at 0. */
  readonly error: number;
  /** ln p(v) - ln p(1) at the asked v; null when the law is a point at 0. */
  readonly logDensityDiff: readonly number[] | null;
}

/** Beyond these, as a share of the scales of v on either side, the density is a power of v to all digits. */
const [NEAR_ZERO, FAR] = [1e-18, 1e18];

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
    return {
      params,
      Tc,
      Tstar,
      mode: null,
      mean: 0,
      second: 0,
      logmean: null,
      logZ: null,
      error: 0,
      logDensityDiff: null,
    };
  // a1 a3 - a2^2 and the quadratic form by their values for Gaussian inputs, in which nothing cancels at little noise.
  const root = Math.sqrt(2 * noiseVar);
  const logDensity = (at: number): number =>
    (b / (2 * a3 * T) - 1.5) * log(at) -
    (1 + b / (4 * T * a3)) * log(2 * (at - k) * (at - k) + noiseVar) -
    ((noiseVar + 2 * k * gamma) / (2 * T * a3 * root)) * arctan((2 * (at - k)) / root);
  const linear = b1 - 10 * a2 * T;
  const discriminant = linear * linear + 28 * a1 * T * (b - 3 * a3 * T);
  const mode = discriminant >= 0 ? (-linear + Math.sqrt(discriminant)) / (14 * a1 * T) : 0;

  // Over x = ln v the density rises as exp(rise x) from far below and falls as exp(-5x/2) far above: both tails in closed form.
  const inLog = (x: number): number => logDensity(exp(x)) + x;
  const rise = exponentAtZero(params, T, gamma);
  const [least, most] = [a3 / Math.max(Math.abs(a2), Math.sqrt(a1 * a3)), Math.sqrt(a3 / a1)];
  const [low, high] = [log(NEAR_ZERO * least), log(FAR * most)];
  // With little noise there is a narrow peak at v = k.
  const peaks = [mode, k].filter(at => at > 0).map(log);
  const ends = [low, ...peaks.filter(x => low < x && x < high).sort((a, b) => a - b), high];
  const { values, logScale, error } = peakedIntegrals(
    inLog,
    (x, out) => {
      const at = exp(x);
      out[0] = 1;
      out[1] = at;
      out[2] = at * at;
      out[3] = x;
    },
    4,
    ends,
  );
  const [below, above] = [low, high].map(x => exp(inLog(x) - logScale));
  const [start, end] = [exp(low), exp(high)];
  const Z = values[0] + below / rise + above / 2.5;
  const shift = logDensity(1);
  return {
    params,
    Tc,
    Tstar,
    mode: mode > 0 ? mode : null,
    mean: (values[1] + (below * start) / (rise + 1) + (above * end) / 1.5) / Z,
    second: (values[2] + (below * start * start) / (rise + 2) + (above * end * end) / 0.5) / Z,
    logmean: (values[3] + (below / rise) * (low - 1 / rise) + (above / 2.5) * (high + 1 / 2.5)) / Z,
    logZ: log(Z) + logScale,
    error,
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
