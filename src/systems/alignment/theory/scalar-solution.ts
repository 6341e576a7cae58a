import { exp, log } from "../../../numerics/elementary.ts";
import type { PointPair, Rates, TwoPointState } from "./two-point.ts";

/**
 * The exact solution where outputs are single numbers. With s the output difference along the target's, Y = |dy|, kappa = etaH dx2 / etaY, A the
 * conserved quantity and b = |A| / 2:
 *
 *     h = A/2 + sqrt(b^2 + kappa s^2),   ds/dt = etaY (Y - s) sqrt(b^2 + kappa s^2)
 */
export interface ScalarSolution {
  /** Rate of the approach to the target, etaY sqrt(b^2 + kappa Y^2). */
  readonly rateEnd: number;
  readonly aHigh: number;
  /** The output difference at a time. */
  differenceAt(t: number): number;
  at(t: number): TwoPointState;
  /** When the difference is a fraction of the target's; null where it has passed it, or never will. */
  timeTo(fraction: number): number | null;
}

interface Flow {
  readonly kappa: number;
  readonly aHigh: number;
  /** The target. */
  readonly Y: number;
  readonly rate: number;
}

export const scalarSolution = (
  { h0, s0 }: { readonly h0: number; readonly s0: number },
  { dx2, dy2 }: PointPair,
  { etaH, etaY }: Rates,
): ScalarSolution => {
  const kappa = (etaH * dx2) / etaY;
  const aHigh = h0 - (kappa * s0 * s0) / h0;
  return solve({ kappa, aHigh, Y: Math.sqrt(dy2), rate: etaY }, s0);
};

/** The same with everything in units of the target: rho, and sigma0 the fraction at the start. */
export const universalSolution = (rho: number, sigma0: number): ScalarSolution =>
  solve({ kappa: 1, aHigh: 2 * rho, Y: 1, rate: 1 }, sigma0);

const solve = ({ kappa, aHigh, Y, rate }: Flow, s0: number): ScalarSolution => {
  const b2 = (aHigh * aHigh) / 4;
  const R = Math.sqrt(b2 + kappa * Y * Y);
  /** F(u) |Y - u| with u on the side of the start; its two parts may nearly cancel, then their product is used instead. */
  const numerator = (u: number): number => {
    const sum = b2 + kappa * Y * u;
    const product = R * Math.sqrt(b2 + kappa * u * u);
    return sum >= 0 ? sum + product : (kappa * b2 * (Y - u) * (Y - u)) / (product - sum);
  };
  const E0 = numerator(s0) / (Y - s0);

  const differenceAt = (t: number): number => {
    if (t === 0 || s0 === Y) return s0;
    if (aHigh === 0) return rootless(s0, { Y, rate: rate * Math.sqrt(kappa), t });
    const E = E0 * exp(rate * R * t);
    return Y - (2 * R * R) / (E + 2 * kappa * Y - (kappa * b2) / E);
  };
  const distance = (s: number): number => {
    const root = Math.sqrt(b2 + kappa * s * s);
    if (aHigh >= 0) return aHigh / 2 + root;
    return (kappa * s * s) / (root - aHigh / 2);
  };
  return {
    rateEnd: rate * R,
    aHigh,
    differenceAt,
    at(t) {
      const s = differenceAt(t);
      return { h: distance(s), y: s * s, w: s * (s - Y) };
    },
    timeTo(fraction) {
      const goal = fraction * Y;
      if (goal === s0) return 0;
      if (!((s0 < goal && goal < Y) || (Y < goal && goal < s0))) return null;
      const [from, to] = [s0, goal].map(u => log(numerator(u) / Math.abs(Y - u)));
      const t = (to - from) / (rate * R);
      return Number.isFinite(t) ? t : null;
    },
  };
};

/** Without a conserved quantity ds/dt = k (Y - s) |s|: logistic; 0 is never passed. */
const rootless = (
  s0: number,
  { Y, rate, t }: { readonly Y: number; readonly rate: number; readonly t: number },
): number => {
  if (s0 === 0) return 0;
  if (Y === 0) return s0 / (1 + rate * Math.abs(s0) * t);
  const decayed = exp(-rate * Y * t);
  if (s0 > 0) return Y / (1 + (Y / s0 - 1) * decayed);
  const share = (-s0 / (Y - s0)) * decayed;
  return (-Y * share) / (1 - share);
};
