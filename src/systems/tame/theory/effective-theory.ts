import { cos, exp, log, sin } from "../../../numerics/elementary.ts";

/** Toy effective theories of one modulus a + i s, canonical field phi = ln(s) / sqrt(2): couplings, potentials and cutoffs that are definable. */

const TURN = 2 * Math.PI;

/** The functions of which gauge couplings are sums: s, 1, and the two parts of e^{2 pi i (a + i s)}. Writes four numbers. */
export const gaugeFeatures = (s: number, a: number, out: Float64Array, at = 0): void => {
  const instanton = exp(-TURN * s);
  out[at] = s;
  out[at + 1] = 1;
  out[at + 2] = instanton * cos(TURN * a);
  out[at + 3] = instanton * sin(TURN * a);
};

/** 1 / g^2 = t0 s + t1 + t2 e^{-2 pi s} cos 2 pi a + t3 e^{-2 pi s} sin 2 pi a */
export const gaugeCoupling = (s: number, a: number, theta: ArrayLike<number>): number => {
  const features = new Float64Array(4);
  gaugeFeatures(s, a, features);
  return features.reduce((sum, feature, i) => sum + theta[i] * feature, 0);
};

/** V = A s^-p - B s^-q */
export interface Potential {
  readonly A: number;
  readonly B: number;
  readonly p: number;
  readonly q: number;
}

/** Slow-roll parameters epsV = (V' / V)^2 / 2 and etaV = V'' / V by the canonical field; null where V is 0. */
export const slowRoll = (s: number, { A, B, p, q }: Potential) => {
  const [first, second] = [A * exp(-p * log(s)), B * exp(-q * log(s))];
  const V = first - second;
  // By ln s; phi' = 1 / sqrt(2).
  const slope = -p * first + q * second;
  const curvature = p * p * first - q * q * second;
  const ratio = slope / V;
  const [epsV, etaV] = V === 0 ? [null, null] : [ratio * ratio, (2 * curvature) / V];
  return { epsV, etaV, V, slowRoll: epsV !== null && etaV !== null && V > 0 && epsV < 1 && Math.abs(etaV) < 1 };
};

/**
 * The values x = (B / A) s^(p - q) at which the universe inflates, an open interval or null for none; A, p, q > 0. Each of V > 0, epsV < 1 and |etaV| < 1
 * is linear in x, which is what makes it one interval: slope x < offset.
 */
export const slowRollSet = (p: number, q: number): readonly [low: number, high: number] | null => {
  const conditions = [
    { slope: 1, offset: 1 },
    // |q x - p| < 1 - x
    { slope: 1 + q, offset: 1 + p },
    { slope: 1 - q, offset: 1 - p },
    // |2 p^2 - 2 q^2 x| < 1 - x
    { slope: 1 + 2 * q * q, offset: 1 + 2 * p * p },
    { slope: 1 - 2 * q * q, offset: 1 - 2 * p * p },
  ];
  let [low, high] = [0, Infinity];
  for (const { slope, offset } of conditions) {
    if (slope > 0) high = Math.min(high, offset / slope);
    else if (slope < 0) low = Math.max(low, offset / slope);
    else if (offset <= 0) return null;
  }
  return low < high ? [low, high] : null;
};

/** A tower of states that becomes light as e^{-(l1 ln s + l2 ln u + l3)}. */
export type Tower = readonly [l1: number, l2: number, l3: number];

/** Index of the tower with the lowest scale, the first of equals. */
export const cutoffClass = (lnS: number, lnU: number, towers: readonly (readonly number[])[]): number => {
  const depths = towers.map(([l1, l2, l3]) => l1 * lnS + l2 * lnU + l3);
  return depths.indexOf(Math.max(...depths));
};
