import { invalid } from "../../errors.ts";
import { integrals } from "../../numerics/adaptive-quadrature.ts";
import { exp, log } from "../../numerics/elementary.ts";
import { logGamma } from "../../numerics/log-gamma.ts";

/** U(x) = lambda x^2 / 2 + alpha x^3 / 6 + gamma x^4 / 24, a minimum at 0: what a loss looks like along one direction. */
export interface Quartic {
  readonly lambda: number;
  readonly alpha: number;
  readonly gamma: number;
}

/** Limits of large t of averages under exp(-t U): of t^2 Cov(x^2, x), t^2 kappa_3(x, x, x), and t d/dh Cov(x, x) under U + h x at h = 0. */
export const quarticLimits = ({ lambda, alpha }: Quartic) => {
  const cube = lambda * lambda * lambda;
  return { squareAndSelf: (-2 * alpha) / cube, thirdCumulant: -alpha / cube, tiltedVariance: alpha / cube };
};

/** The same at a finite t, by quadrature. */
export const quarticAverages = (quartic: Quartic, t: number) => {
  checkQuartic(quartic, t);
  const { lambda, alpha, gamma } = quartic;
  const potential = (x: number) => x * x * (lambda / 2 + x * (alpha / 6 + (x * gamma) / 24));
  // Beyond this on either side, t U is above 60.
  let reach = 1 / Math.sqrt(t * lambda);
  while (t * Math.min(potential(reach), potential(-reach)) < 60) reach *= 1.25;
  const ends = Array.from({ length: 41 }, (_, i) => reach * (i / 20 - 1));
  const { values } = integrals(
    (x, out) => {
      let weight = exp(-t * potential(x));
      for (let power = 0; power <= 3; power++, weight *= x) out[power] = weight;
    },
    4,
    ends,
  );
  const [one, two, three] = [1, 2, 3].map(power => values[power] / values[0]);
  const thirdCumulant = three - 3 * one * two + 2 * one * one * one;
  return {
    squareAndSelf: t * t * (three - two * one),
    thirdCumulant: t * t * thirdCumulant,
    // exp(-t (U + h x)): a derivative by h is -t times the next cumulant.
    tiltedVariance: t * -t * thirdCumulant,
    variance: t * (two - one * one),
    mean: t * one,
  };
};

const checkQuartic = ({ lambda, alpha, gamma }: Quartic, t: number): void => {
  if (!(lambda > 0)) throw invalid("lambda", lambda, "a positive curvature");
  if (!(t > 0 && t < Infinity)) throw invalid("t", t, "a positive number");
  // U / x^2 has no zero: a single well.
  if (!(gamma > 0 && alpha * alpha < 3 * lambda * gamma))
    throw invalid("alpha", alpha, "alpha^2 below 3 lambda gamma, so that U has no other zero");
};

/** A regular minimum at 0 in several directions: Hessian inverse `sigma` (d x d), third derivatives `third` (d x d x d), row-major. */
export interface Regular {
  readonly sigma: readonly (readonly number[])[];
  readonly third: readonly (readonly (readonly number[])[])[];
}

/** lim t Cov(phi, psi) = grad phi . Sigma grad psi. */
export const covarianceLimit = (
  { sigma }: Pick<Regular, "sigma">,
  phi: readonly number[],
  psi: readonly number[],
): number => phi.reduce((sum, a, i) => sum + a * psi.reduce((inner, b, j) => inner + sigma[i][j] * b, 0), 0);

/** lim t (<phi> - phi(0)) = (tr(A Sigma) - (Sigma grad phi) . (T : Sigma)) / 2, A the Hessian of phi. */
export const meanLimit = (
  { sigma, third }: Regular,
  gradient: readonly number[],
  hessian: readonly (readonly number[])[],
): number => {
  const size = sigma.length;
  let bent = 0;
  let drawn = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) bent += hessian[i][j] * sigma[j][i];
    const along = covarianceLimit({ sigma }, unit(i, size), gradient);
    let pull = 0;
    for (let j = 0; j < size; j++) for (let k = 0; k < size; k++) pull += third[i][j][k] * sigma[j][k];
    drawn += along * pull;
  }
  return 0.5 * (bent - drawn);
};

const unit = (index: number, size: number): number[] => Array.from({ length: size }, (_, i) => (i === index ? 1 : 0));

/** <x^(2 j1) y^(2 j2) ...> under exp(-t (x^(2 k1) + y^(2 k2) + ...)): product of Gamma((2 j + 1) / (2 k)) / Gamma(1 / (2 k)) t^(-j / k), at every t. */
export const powerMoment = (t: number, powers: readonly { readonly k: number; readonly j: number }[]): number => {
  if (!(t > 0 && t < Infinity)) throw invalid("t", t, "a positive number");
  let sum = 0;
  for (const { k, j } of powers) {
    if (!(k > 0 && j >= 0)) throw invalid("k and j", [k, j], "k above 0 and j from 0");
    sum += logGamma((2 * j + 1) / (2 * k)) - logGamma(1 / (2 * k)) - (j / k) * log(t);
  }
  return exp(sum);
};
