import { INVERSE_LN2 } from "../../../numerics/elementary/ln2.ts";
import { exp, log } from "../../../numerics/elementary.ts";
import { firstWhole } from "../../../numerics/first-whole.ts";

/** How rich a family is: growth functions, and VC, pseudo- and fat-shattering dimensions [Anthony and Bartlett 1999, abbreviated AB]. */

const log2 = (x: number): number => INVERSE_LN2 * log(x);

/** ln sum_{i <= d} C(m, i): what Sauer's lemma allows a family of VC dimension d on m points. Whole m, d >= 0. */
export const logSauer = (m: number, d: number): number => {
  if (d >= m) return m * Math.LN2;
  // The sum is total e^most, most the largest term so far: no term overflows.
  let [term, most, total] = [0, 0, 1];
  for (let i = 1; i <= d; i++) {
    term += log((m - i + 1) / i);
    if (term > most) [most, total] = [term, total * exp(most - term) + 1];
    else total += exp(term - most);
  }
  return most + log(total);
};

/** Its cap d ln(e m / d) for m >= d; below, every labelling is possible. */
export const logSauerCap = (m: number, d: number): number => {
  if (d > m) return m * Math.LN2;
  return d === 0 ? 0 : d * (1 + log(m / d));
};

/** Labellings of m points: by thresholds and by intervals on a line, and by half-spaces of R^n in general position [Cover 1965]. */
export const growthFunctions = (m: number, n: number) => {
  const points = BigInt(m);
  let [term, sum] = [1n, 1n];
  for (let j = 1n; j <= BigInt(Math.min(n, m - 1)); j++) {
    term = (term * (points - j)) / j;
    sum += term;
  }
  return {
    thresholds: m + 1,
    intervals: Number(1n + (points * (points + 1n)) / 2n),
    halfspaces: Number(2n * sum),
  };
};

/**
 * VC dimension of sets that s polynomial predicates of degree k in d parameters describe: the largest m with 2^m <= (8 e k s m / d)^d
 * [Warren 1968; Goldberg and Jerrum 1995], and the closed form 2 d log2(8 e k s).
 */
export const vcPolynomial = (parameters: number, degree: number, predicates: number) => {
  const perParameter = log2(8 * Math.E * degree * predicates);
  const fits = (m: number): boolean => m <= parameters * (perParameter + log2(m / parameters));
  return {
    // The difference of the two sides is concave, and at m = d the right one is larger.
    exact: firstWhole(m => !fits(m), parameters) - 1,
    closed: 2 * parameters * perParameter,
  };
};

/** VC dimension of a tame family of one parameter whose members change sign at most K times as it varies, at each point: the largest m with 2^m <= K m + 1. */
export const vcOneParameterTame = (components: number): number => {
  let m = 0;
  for (let power = 2; power <= components * (m + 1) + 1; power *= 2) m++;
  return m;
};

/** VC dimensions of networks of W weights and k units, up to constants that are quoted from memory. */
export const vcNetworks = ({
  weights: W,
  units: k,
  t,
  q,
}: {
  readonly weights: number;
  readonly units: number;
  /** Arithmetic operations and comparisons of one evaluation. */
  readonly t: number;
  /** Exponentials of one evaluation. */
  readonly q: number;
}) => ({
  /** Standard sigmoids [AB theorem 8.13]. */
  sigmoid: W * k * (W * k) + 11 * W * k * log2(18 * W * k * k),
  /** [AB theorem 8.4] */
  operations: 4 * W * (t + 2),
  /** [AB theorem 8.14] */
  operationsExp: W * (q + 1) * (W * (q + 1)) + 11 * W * (q + 1) * (t + log2(9 * W * (q + 1))),
});

/**
 * ln of the covering bound e (d + 1) (2 e / eps)^d: how many functions of pseudo-dimension d into [0, 1] can be eps apart in the mean over any points [Haussler 1995]
 */
export const logCovering = (eps: number, d: number): number => 1 + log(d + 1) + d * (1 + log(2 / eps));

/** floor(x) for a quotient of numbers that stand for decimals: what is whole up to rounding counts as whole. */
const floorOfQuotient = (x: number): number => {
  const nearest = Math.round(x);
  return Math.abs(x - nearest) <= 1e-13 * Math.max(1, nearest) ? nearest : Math.floor(x);
};

/**
 * Fat-shattering dimension at scale gamma <= 1/2 of functions on [0, 1] into [0, 1] of a Lipschitz constant: shattered neighbours are at least
 * 2 gamma / Lp apart, and so many at equal distances are shattered. The same number bounds functions of total variation Lp.
 */
export const fatLipschitz = (gamma: number, lipschitz: number): number => 1 + floorOfQuotient(lipschitz / (2 * gamma));

/** The same of linear functions with |weights| <= B on a ball of radius R. */
export const fatLinear = (gamma: number, B: number, R: number): number => {
  const ratio = (B * R) / gamma;
  return floorOfQuotient(ratio * ratio);
};
