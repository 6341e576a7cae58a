import { invalid } from "../../errors.ts";
import { arctan } from "../../numerics/arctan.ts";
import { exp, log } from "../../numerics/elementary.ts";

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

/** Variance of the per-sample dl/dv at the predictor v: 4 (a1 v^2 - 2 a2 v + a3). */
export const gradientVariance = ({ a1, a2, a3 }: NoiseParameters, v: number): number =>
  4 * (a1 * v * v - 2 * a2 * v + a3);

/** Temperature T = stepSize / batch above which the law of v is a point at 0: (b2 - gamma) / a3. */
export const criticalTemperature = ({ a3, b2 }: NoiseParameters, gamma = 0): number => (b2 - gamma) / a3;

/** The same with the loss corrected to second order in the step: b2 / (a3 + b2^2). [Ziyin, Li, Ueda, arXiv 2308.06671, eq. 54] */
export const correctedCriticalTemperature = ({ a3, b2 }: NoiseParameters): number => b2 / (a3 + b2 * b2);

/** Exponent of P(v < e) ~ e^a at depth 1: (T_c/T - 1)/2. Above 1 (T < T_c/3) zero has no density, at 0 (T_c) all of it. */
export const exponentAtZero = (params: NoiseParameters, T: number): number =>
  0.5 * (criticalTemperature(params) / T - 1);

/**
 * Temperature above which there is no mode besides zero, (4k + sqrt(42 s2)) / (4 (21 s2 - 8 k^2)) for Gaussian inputs; null where there
 * always is one.
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

/** One step of stochastic gradient descent on (u w x - y)^2 + gamma (u^2 + w^2). */
export const balanceStep = (
  { u, w }: { readonly u: number; readonly w: number },
  { x, y, eta, gamma }: { readonly x: number; readonly y: number; readonly eta: number; readonly gamma: number },
): { u: number; w: number; G: number } => {
  const G = 2 * (u * w * x - y) * x;
  return { u: u - eta * (G * w + 2 * gamma * u), w: w - eta * (G * u + 2 * gamma * w), G };
};

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

const STEP = 0.02;
/** The integrand is followed until it has fallen by this much in the logarithm. */
const NEGLIGIBLE = 45;

/**
 * Stationary law of v = u w under the Langevin limit of SGD at depth 1, for Gaussian inputs:
 *
 *     p(v) ~ v^(b/(2 a3 T) - 3/2) (a1 v^2 - 2 a2 v + a3)^(-1 - b/(4 T a3)) exp(-(a3 b1 - a2 b)/(2 T a3 sqrt D) arctan((a1 v - a2)/sqrt D))
 *
 * on v > 0, with b = b2 - gamma and D = a1 a3 - a2^2. Its integrals are trapezoids in ln v, which converge faster than any power.
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
  const mean = (weight: (v: number, x: number) => number, shift: number): number => {
    let sum = 0;
    for (const direction of [1, -1])
      for (let i = direction === 1 ? 0 : 1; ; i++) {
        const x = direction * i * STEP;
        const at = exp(x);
        const height = logDensity(at) + x - shift;
        sum += weight(at, x) * exp(height) * STEP;
        // Past the peak on either side; v^2 p falls the slowest.
        if (i * STEP > 3 && height + 2 * Math.max(0, x) < -NEGLIGIBLE) break;
        if (Math.abs(x) > 600) break;
      }
    return sum;
  };
  const shift = logDensity(1);
  const Z = mean(() => 1, shift);
  const linear = b1 - 10 * a2 * T;
  const discriminant = linear * linear + 28 * a1 * T * (b - 3 * a3 * T);
  const mode = discriminant >= 0 ? (-linear + Math.sqrt(discriminant)) / (14 * a1 * T) : 0;
  return {
    params,
    Tc,
    Tstar,
    mode: mode > 0 ? mode : null,
    mean: mean(at => at, shift) / Z,
    second: mean(at => at * at, shift) / Z,
    logmean: mean((_, x) => x, shift) / Z,
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

/** Exact factor of u^2 - w^2 in one step: (1 - 2 eta gamma)^2 - eta^2 G^2. */
export const balanceFactor = (eta: number, gamma: number, G: number): number =>
  (1 - 2 * eta * gamma) * (1 - 2 * eta * gamma) - eta * eta * G * G;

/** Rate at which ln (u^2 - w^2) falls in a unit of time eta steps: T C0 + 4 gamma. */
export const balanceRate = (T: number, C0: number, gamma: number): number => T * C0 + 4 * gamma;
