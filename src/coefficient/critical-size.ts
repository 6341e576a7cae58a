import { invalid } from "../errors.ts";
import { exp, log } from "../numerics/elementary.ts";

/** The difference of the free energies F_n = kappa n L + lambda ln n + C of two phases, "to" minus "from". */
export interface FreeEnergyDifference {
  readonly deltaL: number;
  readonly deltaLambda: number;
  /** Difference of -log prior density at the two critical points. */
  readonly deltaC: number;
  /** Inverse temperature of one sample: 1 for exp(-n L), 1/2 for unit observation noise. */
  readonly kappa: number;
}

/**
 * The largest n > 0 with kappa n deltaL + deltaLambda ln n + deltaC = 0 (arXiv 2310.06301, the critical sample size);
 * null when the two free energies are equal for no n between 1e-300 and 1e300.
 *
 * Signed so that n has a negative coefficient, the left side falls beyond its maximum (if it has one). It is concave
 * there when the logarithm's coefficient is positive and convex when it is negative, so that Newton's method approaches
 * the root from the right or from the left, and only ends when rounding stops it.
 */
export const criticalSize = ({ deltaL, deltaLambda, deltaC, kappa }: FreeEnergyDifference): number | null => {
  for (const [name, value] of Object.entries({ deltaL, deltaLambda, deltaC }))
    if (!Number.isFinite(value)) throw invalid(name, value, "a finite number");
  if (!(kappa > 0 && Number.isFinite(kappa))) throw invalid("kappa", kappa, "a positive number");
  const sign = deltaL > 0 ? -1 : 1;
  const slope = sign * kappa * deltaL;
  const rise = sign * deltaLambda;
  const constant = sign * deltaC;
  if (slope === 0) return rise === 0 ? null : within(exp(-constant / rise));
  if (rise === 0) return within(-constant / slope);

  const f = (n: number) => slope * n + rise * log(n) + constant;
  const peak = -rise / slope;
  if (rise > 0 && f(peak) < 0) return null;
  let n = rise > 0 ? peak : 1;
  if (rise > 0) while (n < LARGEST && f(n) >= 0) n *= 2;
  else while (n > SMALLEST && f(n) < 0) n /= 2;
  for (;;) {
    const next = n - f(n) / (slope + rise / n);
    if (!(rise > 0 ? next < n : next > n)) return within(n);
    n = next;
  }
};

const SMALLEST = 1e-300;
const LARGEST = 1e300;

const within = (n: number): number | null => (n > SMALLEST && n < LARGEST ? n : null);
