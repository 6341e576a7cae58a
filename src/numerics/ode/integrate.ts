import { invalid } from "../../errors.ts";
import { adaptive } from "./adaptive.ts";
import { explicit } from "./explicit.ts";
import type { Derivative } from "./method.ts";
import { dormandPrince, type EmbeddedTableau } from "./tableau.ts";

export interface IntegrateSettings {
  /** Largest error of a step as a Euclidean norm, relative to the larger of 1 and |y|; from 1e-14 to 0.1. */
  readonly tolerance: number;
  /** Dormand and Prince's method of order 5 unless given. */
  readonly method?: EmbeddedTableau;
  /** Steps from one time to the next at most; a million unless given. */
  readonly most?: number;
}

/**
 * Solution of y' = f(t, y) with y(times[0]) = y0 at each of `times` (strictly ascending or descending): one vector per time, the first
 * a copy of y0. `derivative` writes f(t, y) into `dydt`; nothing it is given may be kept.
 *
 * An explicit Runge-Kutta method in steps of its own choice, for problems that are not stiff. Steps end exactly at each time and begin there
 * anew, so that a solution continued from one of them has the bits of one that was never interrupted. The same bits in every engine, if the
 * derivative has them. Throws "diverged", naming the time, when the solution leaves the finite numbers, steps become too small, or too many
 * are needed to reach the next time.
 */
export const integrate = (
  derivative: Derivative,
  y0: ArrayLike<number>,
  times: ArrayLike<number>,
  { tolerance, method = dormandPrince, most }: IntegrateSettings,
): Float64Array[] => {
  checkIntegration(y0, times, tolerance);
  const y = Float64Array.from(y0);
  const steps = explicit(method, derivative, y.length);
  const solution = [y.slice()];
  for (let i = 1; i < times.length; i++) {
    adaptive(steps, { tolerance, most }).advance(y, times[i - 1], times[i]);
    solution.push(y.slice());
  }
  return solution;
};

/** Throws a LandauError of kind "input" for what `integrate` refuses. */
export const checkIntegration = (y0: ArrayLike<number>, times: ArrayLike<number>, tolerance: number): void => {
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
