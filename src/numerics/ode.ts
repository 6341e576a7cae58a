import { invalid, LandauError } from "../errors.ts";
import { Outcome, Solver } from "./odex.js";

export interface IntegrateSettings {
  /** Largest error of a step, relative to 1 + |y|; from 1e-14 to 0.1. */
  readonly tolerance: number;
}

/**
 * Solution of y' = f(t, y) with y(times[0]) = y0 at each of `times` (strictly ascending or descending): one vector per time, the first
 * a copy of y0. `derivative` writes f(t, y) into `dydt`; nothing it is given may be kept.
 *
 * Extrapolated midpoint rule of variable order (ODEX: Hairer, Norsett, Wanner, Solving ordinary differential equations I, section II.9,
 * through odex 2.0.4). For problems that are not stiff. Throws "diverged" when the solution leaves the finite numbers or the steps
 * become too small.
 *
 * Not on a reproducible path: odex picks its steps by Math.pow and Math.log, so the last bits may differ between engines.
 */
export const integrate = (
  derivative: (t: number, y: Float64Array, dydt: Float64Array) => void,
  y0: ArrayLike<number>,
  times: ArrayLike<number>,
  { tolerance }: IntegrateSettings,
): Float64Array[] => {
  check(y0, times, tolerance);
  const n = y0.length;
  const y = new Float64Array(n);
  const dydt = new Float64Array(n);
  const f = (t: number, at: number[]): number[] => {
    y.set(at);
    derivative(t, y, dydt);
    for (let i = 0; i < n; i++)
      if (!Number.isFinite(dydt[i]))
        throw new LandauError(
          "diverged",
          `dy[${i}]/dt is ${dydt[i]} at t = ${t}: needs a finite derivative; end earlier`,
        );
    return Array.from(dydt);
  };
  const solutions: Float64Array[] = [Float64Array.from(y0)];
  for (let i = 1; i < times.length; i++) {
    const solver = new Solver(n);
    solver.absoluteTolerance = tolerance;
    solver.relativeTolerance = tolerance;
    solver.maxSteps = 100_000;
    const span = times[i] - times[i - 1];
    solver.initialStepSize = Math.min(1e-4, Math.abs(span));
    solutions.push(advance(solver, f, times[i - 1], solutions[i - 1], times[i]));
  }
  return solutions;
};

const advance = (
  solver: Solver,
  f: (t: number, y: number[]) => number[],
  from: number,
  y: Float64Array,
  to: number,
): Float64Array => {
  try {
    const { y: end, outcome } = solver.solve(f, from, Array.from(y), to);
    if (outcome === Outcome.Converged && end.every(Number.isFinite)) return Float64Array.from(end);
  } catch (error) {
    if (error instanceof LandauError) throw error;
    throw new LandauError("diverged", `no solution from t = ${from} to ${to}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  throw new LandauError(
    "diverged",
    `no solution from t = ${from} to ${to} in ${solver.maxSteps} steps: needs a shorter span or a larger tolerance`,
  );
};

const check = (y0: ArrayLike<number>, times: ArrayLike<number>, tolerance: number): void => {
  if (y0.length === 0) throw invalid("the length of y0", 0, "at least 1");
  if (times.length === 0) throw invalid("the length of times", 0, "at least 1");
  for (let i = 0; i < y0.length; i++) if (!Number.isFinite(y0[i])) throw invalid(`y0[${i}]`, y0[i], "a finite number");
  const direction = times.length > 1 ? Math.sign(times[1] - times[0]) : 1;
  for (let i = 0; i < times.length; i++) {
    if (!Number.isFinite(times[i])) throw invalid(`times[${i}]`, times[i], "a finite number");
    if (i > 0 && !((times[i] - times[i - 1]) * direction > 0))
      throw invalid(`times[${i}]`, times[i], `times in one strict order; times[${i - 1}] is ${times[i - 1]}`);
  }
  if (!(tolerance >= 1e-14 && tolerance <= 0.1)) throw invalid("tolerance", tolerance, "a number from 1e-14 to 0.1");
};
