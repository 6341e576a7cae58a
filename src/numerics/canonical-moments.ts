import { invalid } from "../errors.ts";
import { log } from "./elementary.ts";
import { peakedIntegrals } from "./peaked-integrals.ts";

export interface CanonicalMoments {
  readonly m1: number;
  readonly m2: number;
  readonly m3: number;
  readonly m4: number;
  /** Binder's cumulant, 1 - m4 / (3 m2^2). */
  readonly U4: number;
  /** Logarithm of the integral of exp(-n L). */
  readonly logZ: number;
  /** Mean of L. */
  readonly Lmean: number;
  /** Largest error of the integrals behind them, as a share of the integral of the absolute value. */
  readonly error: number;
}

/** Raw moments of x under exp(-n L(x)) on the interval [lo, hi], by adaptive quadrature. */
export const canonicalMoments = (
  L: (x: number) => number,
  { n, lo, hi }: { readonly n: number; readonly lo: number; readonly hi: number },
): CanonicalMoments => {
  if (!(lo < hi)) throw invalid("lo", lo, `less than hi = ${hi}`);
  const weights = (x: number, out: Float64Array): void => {
    for (let k = 0, term = 1; k <= 4; k++, term *= x) out[k] = term;
    out[5] = L(x);
  };
  const { values, logScale, error } = peakedIntegrals(x => -n * L(x), weights, 6, [lo, hi]);
  const [m1, m2, m3, m4, Lmean] = Array.from(values.subarray(1), value => value / values[0]);
  return { m1, m2, m3, m4, U4: 1 - m4 / (3 * m2 * m2), logZ: log(values[0]) + logScale, Lmean, error };
};
