import { exp } from "../../../numerics/elementary.ts";
import { integrate } from "../../../numerics/ode/integrate.ts";
import { passageTime } from "../../../numerics/ode/passage.ts";
import { balancedForce } from "./landau.ts";
import type { Reduced } from "./problem.ts";

/** s(t) of balanced gradient flow, ds/dt = -2 (kappa s^(2D+1) - N s^D + gamma s), at ascending times from 0. */
export const flow = (problem: Reduced, gamma: number, s0: number, times: ArrayLike<number>): number[] => {
  const fromZero = times[0] === 0 ? Array.from(times) : [0, ...Array.from(times)];
  const derivative = (_: number, s: Float64Array, out: Float64Array): void => {
    out[0] = -2 * balancedForce(problem, gamma, s[0]);
  };
  const solution = integrate(derivative, [s0], fromZero, { tolerance: 1e-12 });
  return solution.slice(fromZero.length - times.length).map(([s]) => s);
};

/** The same at D = 1 in closed form: p = s^2 = pinf p0 / (p0 + (pinf - p0) exp(-4 (N-gamma) t)), pinf = (N-gamma)/kappa. */
export const flowClosedForm = (
  { N, kappa }: Pick<Reduced, "N" | "kappa">,
  gamma: number,
  s0: number,
  times: ArrayLike<number>,
): number[] =>
  Array.from(times, t => {
    const p0 = s0 * s0;
    if (gamma === N) return Math.sqrt(p0 / (1 + 4 * kappa * p0 * t));
    const limit = (N - gamma) / kappa;
    return Math.sqrt((limit * p0) / (p0 + (limit - p0) * exp(-4 * (N - gamma) * t)));
  });

/** Time of balanced flow from s0 to s1; null when the flow does not get there. */
export const escapeTime = (problem: Reduced, gamma: number, s0: number, s1: number): number | null =>
  passageTime(s => -2 * balancedForce(problem, gamma, s), s0, s1);
