import { log } from "../../../numerics/elementary.ts";
import { bisect } from "../../../numerics/root.ts";
import { logCovering, logSauer } from "./capacity.ts";

/** How far training and true error may be apart, for all members of a family at once, with probability 1 - delta. */

/** What a bound says on errors in [0, 1] when it is 1 or more: nothing. */
export const isVacuous = (bound: number): boolean => bound >= 1;

/** From VC dimension d on N samples, by symmetrisation: eps with 4 Pi(2N) exp(-N eps^2 / 8) = delta [AB theorem 4.3]. */
export const classicBound = (N: number, d: number, delta: number): number =>
  Math.sqrt((8 / N) * (logSauer(2 * N, d) + log(4 / delta)));

/** From VC dimension d, by Massart's lemma on losses shifted to +-1/2 and McDiarmid's inequality. */
export const rademacherBound = (N: number, d: number, delta: number): number =>
  Math.sqrt((2 * logSauer(N, d)) / N) + Math.sqrt(log(2 / delta) / (2 * N));

/**
 * From pseudo-dimension d, squared loss of functions into [0, 1]: 4 C(eps / 16) exp(-eps^2 N / 32) = delta with the covering bound C = e (d + 1) (32 e / eps)^d [AB theorem 17.1].
 */
export const pseudoDimensionBound = (N: number, d: number, delta: number): number => {
  const excess = (eps: number): number => log(4 / delta) + logCovering(eps / 16, d) - (eps * eps * N) / 32;
  let [low, high] = [1, 1];
  while (excess(low) < 0) low /= 2;
  while (excess(high) > 0) high *= 2;
  return low === high ? low : bisect(excess, low, high);
};

/** Of thresholds on a line alone [Dvoretzky, Kiefer, Wolfowitz 1956; Massart 1990]. */
export const dkwBound = (N: number, delta: number): number => Math.sqrt(log(2 / delta) / (2 * N));

/** From Natarajan dimension d of functions into K classes: Pi(N) <= N^d K^(2d). */
export const natarajanBound = (N: number, d: number, classes: number, delta: number): number =>
  Math.sqrt((2 * (d * log(N) + 2 * d * log(classes))) / N) + Math.sqrt(log(2 / delta) / (2 * N));

/** Of linear functions with |weights| <= B on given inputs, a loss of a Lipschitz constant and at most M: the Rademacher average and the bound. */
export const linearBound = ({
  X,
  B,
  lipschitz,
  M,
  delta,
}: {
  /** A row for each input. */
  readonly X: readonly (readonly number[])[];
  readonly B: number;
  readonly lipschitz: number;
  readonly M: number;
  readonly delta: number;
}) => {
  const N = X.length;
  const squares = X.reduce((sum, row) => row.reduce((inner, entry) => inner + entry * entry, sum), 0);
  const rademacher = (B / N) * Math.sqrt(squares);
  return { rademacher, eps: 2 * lipschitz * rademacher + 3 * M * Math.sqrt(log(4 / delta) / (2 * N)) };
};
