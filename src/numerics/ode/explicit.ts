import { addScaled } from "./add-scaled.ts";
import type { Derivative, Method } from "./method.ts";
import type { EmbeddedTableau, Tableau } from "./tableau.ts";

/** One step of an explicit Runge-Kutta method. */
export interface ExplicitStep {
  /** Slopes of the stages of the last step; the first is the slope at its start. */
  readonly slopes: Float64Array[];
  /** Writes the state a signed time `h` after (t, y) into `next`, given the slope at (t, y) in `slopes[0]`. */
  step(t: number, y: Float64Array, h: number, next: Float64Array): void;
}

export const explicitStep = (tableau: Tableau, derivative: Derivative, size: number): ExplicitStep => {
  const { nodes, stages, weights } = tableau;
  const slopes = nodes.map(() => new Float64Array(size));
  const combine = (y: Float64Array, h: number, row: readonly number[], out: Float64Array): void => {
    out.fill(0);
    addScaled(out, row, slopes);
    for (let i = 0; i < size; i++) out[i] = y[i] + h * out[i];
  };
  return {
    slopes,
    step(t, y, h, next) {
      for (let s = 1; s < nodes.length; s++) {
        combine(y, h, stages[s], next);
        derivative(t + nodes[s] * h, next, slopes[s]);
      }
      combine(y, h, weights, next);
    },
  };
};

/** An embedded explicit Runge-Kutta method for y' = f(t, y). Not for stiff problems: |h| times the largest curvature stays below about 3. */
export const explicit = (tableau: EmbeddedTableau, derivative: Derivative, size: number): Method => {
  const { errorOrder, errorWeights, lastIsFirst } = tableau;
  const { slopes, step } = explicitStep(tableau, derivative, size);
  const last = slopes.length - 1;
  return {
    size,
    errorOrder,
    begin(t, y, continued) {
      if (continued && lastIsFirst) [slopes[0], slopes[last]] = [slopes[last], slopes[0]];
      else derivative(t, y, slopes[0]);
      return slopes[0];
    },
    attempt(t, y, h, next, error) {
      step(t, y, h, next);
      error.fill(0);
      addScaled(error, errorWeights, slopes);
      for (let i = 0; i < size; i++) error[i] *= h;
      return true;
    },
  };
};
