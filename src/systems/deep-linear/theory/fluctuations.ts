import { scaledBesselK } from "../../../numerics/bessel-k.ts";
import { type CanonicalMoments, canonicalMoments } from "../../../numerics/canonical-moments.ts";
import { exp, log } from "../../../numerics/elementary.ts";
import { peakedIntegrals } from "../../../numerics/peaked-integrals.ts";
import { bisect } from "../../../numerics/root.ts";
import { criticalPoint, stationaryNorms } from "./critical.ts";
import { balancedCurvature, balancedLoss } from "./landau.ts";
import type { Reduced } from "./problem.ts";

/** Beyond this many units of n L above the lowest point, nothing is left of exp(-n L). */
const NEGLIGIBLE = 60;

export interface PlaneMoments {
  readonly p2: number;
  readonly p4: number;
  /** Binder's cumulant of p, 1 - p4 / (3 p2^2). */
  readonly U4: number;
  /** Moments of v = u w. */
  readonly v1: number;
  readonly v2: number;
  /** Moments of Q = u^2 + w^2. */
  readonly Q1: number;
  readonly Q2: number;
  /** Largest error of the integrals behind them, as a share of the integral of the absolute value. */
  readonly error: number;
}

/**
 * Moments under exp(-n L) of the narrowest network at D = 1 over the plane p = (u+w)/sqrt 2, q = (u-w)/sqrt 2:
 * L = (gamma-N) p^2 + (gamma+N) q^2 + (kappa/4) (p^2 - q^2)^2. With v = u w and Q = u^2 + w^2 this is gamma Q - 2 N v + kappa v^2, and the area
 * dv dQ / sqrt(Q^2 - 4 v^2), Q >= 2 |v|: the integral over Q is a Bessel function of z = 2 n gamma |v|,
 *
 *     int exp(-n gamma Q) (1, Q, Q^2) dQ / sqrt(Q^2 - 4 v^2) = (K_0, 2 |v| K_1, 4 v^2 (K_0 + K_1 / z)),
 *
 * and the one over v is left to adaptive quadrature. gamma > 0: without decay the loss has a valley without end.
 */
export const planeMoments = ({ N, kappa }: Omit<Reduced, "D">, gamma: number, n: number): PlaneMoments => {
  const curved = Math.sqrt(NEGLIGIBLE / (n * kappa));
  const sides = [1, -1].map(sign => {
    // The exponent on this side is -n (kappa v^2 + 2 slope |v|).
    const slope = gamma - sign * N;
    const top = Math.max(0, -slope / kappa);
    const reach = top + Math.min(curved, slope > 0 ? NEGLIGIBLE / (2 * n * slope) : curved);
    const weights = (v: number, out: Float64Array): void => {
      const z = 2 * n * gamma * v;
      const [K0, K1] = scaledBesselK(z);
      out[0] = K0;
      out[1] = v * (K1 + sign * K0);
      out[2] = v * v * (2 * K0 + K1 / z + 2 * sign * K1);
      out[3] = sign * v * K0;
      out[4] = v * v * K0;
      out[5] = 2 * v * K1;
      out[6] = 4 * v * v * (K0 + K1 / z);
    };
    return peakedIntegrals(v => -n * v * (kappa * v + 2 * slope), weights, 7, [0, reach]);
  });
  const scale = Math.max(...sides.map(({ logScale }) => logScale));
  const sums = new Float64Array(7);
  for (const { values, logScale } of sides)
    for (let k = 0; k < sums.length; k++) sums[k] += values[k] * exp(logScale - scale);
  const [p2, p4, v1, v2, Q1, Q2] = Array.from(sums.subarray(1), sum => sum / sums[0]);
  const error = Math.max(...sides.map(side => side.error));
  return { p2, p4, U4: 1 - p4 / (3 * p2 * p2), v1, v2, Q1, Q2, error };
};

/** Moments of the balanced norm s under exp(-n L(s)) on an interval, L without Ey2. */
export const scalarMoments = (
  problem: Reduced,
  gamma: number,
  at: { readonly n: number; readonly lo: number; readonly hi: number },
): CanonicalMoments => canonicalMoments(s => balancedLoss(problem, gamma, s), at);

export interface EqualWeight {
  /** gamma at which the two peaks of exp(-n L(s)) weigh the same; they part at the saddle s_-. */
  readonly gammaEqualWeight: number;
  /** gamma* + ln(L''(0) / L''(s*)) / (2 n dQ) */
  readonly gammaAsymptotic: number;
  readonly curvatureZero: number;
  readonly curvatureLearned: number;
}

/** Where the two phases of a network with D >= 2 have equal weight at size n: the unbroken peak from -s_- to s_-, the learned one above. */
export const equalWeight = (problem: Reduced, n: number): EqualWeight => {
  const { gamma_c, gamma_spinodal_up, s_jump, dQ } = criticalPoint(problem);
  const centre = gamma_c as number;
  const curvatureZero = 2 * (problem.D + 1) * centre;
  const curvatureLearned = balancedCurvature(problem, centre, s_jump as number);
  const difference = (gamma: number): number => {
    const [saddle, learned] = stationaryNorms(problem, gamma);
    const weight = (low: number, high: number): number => scalarMoments(problem, gamma, { n, lo: low, hi: high }).logZ;
    return weight(saddle, 2 * learned) - weight(-saddle, saddle);
  };
  const width = Math.min(0.9 * ((gamma_spinodal_up as number) - centre), 0.9 * centre);
  return {
    gammaEqualWeight: bisect(difference, centre - width, centre + width),
    gammaAsymptotic: centre + log(curvatureZero / curvatureLearned) / (2 * n * (dQ as number)),
    curvatureZero,
    curvatureLearned,
  };
};
