import { invalid, LandauError } from "../../errors.ts";
import { explicitStep } from "./explicit.ts";
import type { Derivative } from "./method.ts";
import type { Tableau } from "./tableau.ts";

export interface EqualSteps {
  /** Length of a step; an explicit method is stable only for dt times the largest curvature below about 2.8. */
  readonly dt: number;
  readonly steps: number;
}

/**
 * Moves `y` in place by equal steps from t = 0. Throws "diverged" when it leaves the finite numbers, with the time or the `place` of the caller
 * ("sigma 3"). The same bits in every engine, if the derivative has them.
 */
export const equalSteps = (
  tableau: Tableau,
  derivative: Derivative,
  y: Float64Array,
  { dt, steps }: EqualSteps,
  place?: string,
): void => {
  if (!(dt > 0 && dt < Infinity)) throw invalid("dt", dt, "a positive number");
  if (!(Number.isInteger(steps) && steps >= 0)) throw invalid("steps", steps, "an integer >= 0");
  const { slopes, step } = explicitStep(tableau, derivative, y.length);
  const next = new Float64Array(y.length);
  for (let k = 0; k < steps; k++) {
    const t = k * dt;
    derivative(t, y, slopes[0]);
    step(t, y, dt, next);
    for (let i = 0; i < y.length; i++)
      if (!Number.isFinite(next[i]))
        throw new LandauError(
          "diverged",
          `y[${i}] is not finite after step ${k + 1} at ${place ?? `t = ${t + dt}`}: needs a dt smaller than ${dt}`,
        );
    y.set(next);
  }
};
