import { invalid } from "../../../errors.ts";
import { exp } from "../../../numerics/elementary.ts";
import { power } from "../../../numerics/power.ts";
import { sweepValues } from "../../../numerics/sweep-values.ts";
import { criticalPoint, stationaryNorms } from "../../deep-linear/theory/critical.ts";

/** Weight decay goes up; at each value a linear network f = v x gives P(1 | x) = sigmoid(f(x)) at probe inputs. */
export const PROBES = Array.from(sweepValues(-2.5, 2.5, 64));

/** Distributions of the two labels at each probe, of a predictor. */
export const labelsOf = (v: number): number[][] =>
  PROBES.map(x => {
    const p = 1 / (1 + exp(-v * x));
    return [1 - p, p];
  });

/** Weight decays from one to another, both included. */
export const decays = (from: number, to: number, step: number): number[] => {
  if (!(to > from)) throw invalid("to", to, `more than from, which is ${from}`);
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, k) => from + k * step);
};

/** The predictor of a slow sweep up, with E[xy] = E[x^2] = 1: that of the learned phase for as long as there is one. */
export const sweptPredictor = (D: number, gamma: number): number => {
  const problem = { D, N: 1, kappa: 1 };
  const { gamma_spinodal_up } = criticalPoint(problem);
  if (!(gamma < (gamma_spinodal_up as number))) return 0;
  return power(stationaryNorms(problem, gamma).at(-1) as number, D + 1);
};
