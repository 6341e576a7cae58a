import type { PointPair, Rates } from "./two-point.ts";

/** Where a pair begins: squared distances of the representations and of the outputs. */
export interface PairStart {
  readonly h0: number;
  readonly y0: number;
}

export interface FinalDistance {
  /** The conserved quantity: the squared distance of a pair whose targets are equal. */
  readonly aHigh: number;
  /** The squared distance that small initial weights lead to. */
  readonly aLow: number;
  /** aHigh / (2 aLow), from rich at 0 to lazy; null where aLow is 0. */
  readonly rho: number | null;
  /** Squared distance of the representations in the end. */
  readonly hFinal: number;
  /** hFinal / aLow = exp(asinh(rho)); null where aLow is 0. */
  readonly collapse: number | null;
}

/** The positive root of h^2 - a h - low^2 = 0, without cancellation; max(0, a) for low = 0. */
export const positiveRoot = (a: number, low: number): number => {
  const root = Math.sqrt((a * a) / 4 + low * low);
  if (a >= 0) return a / 2 + root;
  return low === 0 ? 0 : (low * low) / (root - a / 2);
};

export const finalDistance = ({ h0, y0 }: PairStart, { dx2, dy2 }: PointPair, { etaH, etaY }: Rates): FinalDistance => {
  const ratio = etaH / etaY;
  const aHigh = h0 - (y0 / h0) * dx2 * ratio;
  const aLow = Math.sqrt(ratio * dx2 * dy2);
  const hFinal = positiveRoot(aHigh, aLow);
  if (aLow === 0) return { aHigh, aLow, rho: null, hFinal, collapse: null };
  return { aHigh, aLow, rho: aHigh / (2 * aLow), hFinal, collapse: hFinal / aLow };
};

/** hFinal / aLow as a function of rho alone, exp(asinh(rho)). */
export const collapseAt = (rho: number): number => positiveRoot(2 * rho, 1);

/** Regimes of learning by how much of the distance is there from the start. */
export type Regime = "rich" | "intermediate" | "lazy";

/** The bounds are a convention of this project. */
const [RICH, LAZY] = [0.25, 2];

export const regimeOf = (rho: number): Regime => (rho <= RICH ? "rich" : rho >= LAZY ? "lazy" : "intermediate");
