import { power } from "../../../numerics/power.ts";
import { stationaryNorms } from "./critical.ts";
import { balancedLoss } from "./landau.ts";
import type { Reduced } from "./problem.ts";

export type PhaseName = "trivial" | "learned" | "no transition";

export interface GlobalMinimum {
  readonly phase: PhaseName;
  /** Norm of each layer, of the whole predictor at D = 0. */
  readonly s: number;
  /** Length of the predictor, s^(D+1). */
  readonly v: number;
  /** s^2: |U|^2 for equal decays; null at D = 0. */
  readonly B: number | null;
  readonly loss: number;
  /** All positive stationary norms, ascending. */
  readonly roots: readonly number[];
}

/** The lowest point of the loss in one direction of the data. At coexistence the trivial phase is named. */
export const globalMinimum = (problem: Reduced, gamma: number, Ey2: number): GlobalMinimum => {
  const { D, N, kappa } = problem;
  if (D === 0) {
    const v = N / (kappa + gamma);
    return { phase: "no transition", s: v, v, B: null, loss: Ey2 - N * v, roots: [v] };
  }
  const roots = stationaryNorms(problem, gamma);
  const s = roots.at(-1) ?? 0;
  const depth = balancedLoss(problem, gamma, s);
  if (!(depth < 0)) return { phase: "trivial", s: 0, v: 0, B: 0, loss: Ey2, roots };
  return { phase: "learned", s, v: power(s, D + 1), B: s * s, loss: Ey2 + depth, roots };
};

/** Modes of several outputs with white inputs and no noise: each has a transition of its own, with N = z_i and kappa = 1. */
export const modes = (D: number, gamma: number, z: ArrayLike<number>) =>
  Array.from(z, N => {
    if (N === 0) return { v: 0, phase: D === 0 ? "no transition" : "trivial" };
    const { v, phase } = globalMinimum({ D, N, kappa: 1 }, gamma, 0);
    return { v, phase };
  });
