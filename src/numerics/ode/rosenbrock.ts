import { addScaled } from "./add-scaled.ts";
import type { Method } from "./method.ts";

/** y' = f(y) with a Jacobian J, and how to solve with it: all that a linearly implicit method needs. */
export interface StiffProblem {
  readonly size: number;
  /** Writes f(y) into `out`; must change neither `y` nor keep either array. */
  force(y: Float64Array, out: Float64Array): void;
  /**
   * Prepares to solve with shift - J(y), shift = 2 / h. False when the step is too long: singular, or not positive definite where J is symmetric
   * (the step is then longer than what grows allows).
   */
  factorise(y: Float64Array, shift: number): boolean;
  /** Solves (shift - J) x = g with the matrix prepared last; `g` holds the right side before and x after. */
  solve(g: Float64Array): void;
}

/**
 * A linearly implicit method as data, in the form that needs no product with J. Stage s has the increment
 *
 *     (1/(share h) - J) g_s = f(y + sum_j points[s][j] g_j) + (1/h) sum_j carried[s][j] g_j
 *
 * and a step ends at y + sum weights[s] g_s. A row of `points` that is the one before costs no evaluation of f.
 */
interface LinearlyImplicit {
  readonly share: number;
  readonly points: readonly (readonly number[])[];
  readonly carried: readonly (readonly number[])[];
  readonly weights: readonly number[];
  readonly errorWeights: readonly number[];
  readonly errorOrder: number;
}

const third = [48 / 25, 6 / 25];

/** Four stages, order 4 with an error estimate of order 3, A-stable [Kaps and Rentrop 1979; coefficients of Shampine 1982]. */
const shampine: LinearlyImplicit = {
  share: 0.5,
  points: [[], [2], third, third],
  carried: [[], [-8], [372 / 25, 12 / 5], [-112 / 125, -54 / 125, -2 / 5]],
  weights: [19 / 9, 1 / 2, 25 / 108, 125 / 108],
  errorWeights: [17 / 54, 7 / 36, 0, 125 / 108],
  errorOrder: 4,
};

/**
 * The stiff sibling of an explicit method, for y' = f(y) without t: one factorisation and four solutions a step, whose length accuracy alone
 * bounds. The caller brings the solver, so that a Jacobian with structure costs no more than the force.
 */
export const rosenbrock = ({ size, force, factorise, solve }: StiffProblem): Method => {
  const { share, points, carried, weights, errorWeights, errorOrder } = shampine;
  const first = new Float64Array(size);
  const slope = new Float64Array(size);
  const increments = points.map(() => new Float64Array(size));

  return {
    size,
    errorOrder,
    begin(_, y) {
      force(y, first);
      return first;
    },
    attempt(_, y, h, next, error) {
      if (!factorise(y, 1 / (share * h))) return false;
      const rate = 1 / h;
      increments[0].set(first);
      solve(increments[0]);
      for (let s = 1; s < points.length; s++) {
        if (points[s] !== points[s - 1]) {
          next.set(y);
          addScaled(next, points[s], increments);
          force(next, slope);
        }
        const g = increments[s];
        g.fill(0);
        addScaled(g, carried[s], increments);
        for (let i = 0; i < size; i++) g[i] = slope[i] + rate * g[i];
        solve(g);
      }
      next.set(y);
      addScaled(next, weights, increments);
      error.fill(0);
      addScaled(error, errorWeights, increments);
      return true;
    },
  };
};
