import { exp, expm1 } from "../../../numerics/elementary.ts";

/** Two embeddings of one class in one dimension, c half their distance, a the slope of the decoder there [equations 8 to 11]. */
export interface TwoRepons {
  readonly a0: number;
  readonly c0: number;
  /** Learning rates of the decoder and of the embeddings. */
  readonly etaA: number;
  readonly etaX: number;
}

/** C = a^2 / (2 eta_A) - c^2 / eta_x is conserved. Its sign decides: above 0 the embeddings meet, below the decoder forgets them. */
export const conserved = ({ a0, c0, etaA, etaX }: TwoRepons): number => (a0 * a0) / (2 * etaA) - (c0 * c0) / etaX;

/**
 * The solution of da/dt = -2 eta_A c^2 a, dc/dt = -eta_x a^2 c at a time: c^2 in closed form, a^2 by what is conserved, so that an a that dies out is known to
 * the rounding of C, some 1e-8 of the start, and is 0 below it. Neither changes its sign.
 */
export const twoReponsAt = (start: TwoRepons, t: number): { readonly a: number; readonly c: number } => {
  const { a0, c0, etaA, etaX } = start;
  const C = conserved(start);
  const squared = squaredDistance(c0 * c0, etaX * C, 4 * etaA, t);
  return {
    a: Math.sign(a0) * Math.sqrt(Math.max(0, 2 * etaA * (C + squared / etaX))),
    c: Math.sign(c0) * Math.sqrt(squared),
  };
};

/** v = c^2 at a time: dv/dt = -s v (v + K) from v0. Neither cancels where K is near 0 nor overflows. */
const squaredDistance = (v0: number, K: number, s: number, t: number): number => {
  if (v0 === 0) return 0;
  if (K === 0) return v0 / (1 + s * v0 * t);
  const x = s * K * t;
  return K / (expm1(x) + (K / v0) * exp(x));
};

/** Where they end. */
export const twoReponsEnd = (start: TwoRepons): { readonly a: number; readonly c: number } => {
  const { a0, c0, etaA, etaX } = start;
  const C = conserved(start);
  return {
    a: C > 0 ? Math.sign(a0) * Math.sqrt(2 * etaA * C) : 0,
    c: C < 0 ? Math.sign(c0) * Math.sqrt(-etaX * C) : 0,
  };
};

/** Relaxation rate of c to its end, 2 eta_A eta_x |C|: slow near the separatrix. */
export const relaxationRate = (start: TwoRepons): number => 2 * start.etaA * start.etaX * Math.abs(conserved(start));
