import { type CanonicalMoments, canonicalMoments } from "../../../numerics/canonical-moments.ts";
import { exp, log } from "../../../numerics/elementary.ts";
import { gaussLegendre, onEvenPanels } from "../../../numerics/gauss-legendre.ts";
import { bisect } from "../../../numerics/root.ts";
import { criticalPoint, stationaryNorms } from "./critical.ts";
import { balancedCurvature, balancedLoss } from "./landau.ts";
import type { Reduced } from "./problem.ts";

const rule = gaussLegendre(16);

/** Beyond this many units of n L above the lowest point, nothing is left of exp(-n L). */
const NEGLIGIBLE = 45;

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
}

/**
 * Moments under exp(-n L) of the narrowest network at D = 1, by quadrature over the plane p = (u+w)/sqrt 2, q = (u-w)/sqrt 2:
 * L = (gamma-N) p^2 + (gamma+N) q^2 + (kappa/4) (p^2 - q^2)^2. gamma > 0: without decay the loss has a valley without end.
 */
export const planeMoments = ({ N, kappa }: Omit<Reduced, "D">, gamma: number, n: number): PlaneMoments => {
  const loss = (p2: number, q2: number): number =>
    (gamma - N) * p2 + (gamma + N) * q2 + 0.25 * kappa * (p2 - q2) * (p2 - q2);
  const gap = Math.max(0, N - gamma);
  const lowest = -(gap * gap) / kappa;
  // L >= gamma r^2 - N^2 / kappa bounds the radius in every direction.
  const reach = Math.sqrt((NEGLIGIBLE / n + (N * N) / kappa + lowest) / gamma);
  const { nodes, weights } = onEvenPanels(rule, 0, reach, Math.max(24, Math.ceil(2 * reach * Math.sqrt(n * N))));
  const sums = new Float64Array(7);
  for (let i = 0; i < nodes.length; i++)
    for (let j = 0; j < nodes.length; j++) {
      const p2 = nodes[i] * nodes[i];
      const q2 = nodes[j] * nodes[j];
      const above = n * (loss(p2, q2) - lowest);
      if (above > NEGLIGIBLE) continue;
      const mass = weights[i] * weights[j] * exp(-above);
      const v = (p2 - q2) / 2;
      const Q = p2 + q2;
      sums[0] += mass;
      sums[1] += mass * p2;
      sums[2] += mass * p2 * p2;
      sums[3] += mass * v;
      sums[4] += mass * v * v;
      sums[5] += mass * Q;
      sums[6] += mass * Q * Q;
    }
  const [p2, p4, v1, v2, Q1, Q2] = Array.from(sums.subarray(1), sum => sum / sums[0]);
  return { p2, p4, U4: 1 - p4 / (3 * p2 * p2), v1, v2, Q1, Q2 };
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
