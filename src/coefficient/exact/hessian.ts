import type { Objective } from "../../contracts/objective.ts";
import { invalid } from "../../errors.ts";

export interface Hessian {
  /** size x size, row-major, symmetric. */
  readonly matrix: Float64Array;
  /** Entries below this are indistinguishable from rounding and truncation. */
  readonly noise: number;
}

/** Largest number of parameters for a dense matrix with all its eigenvalues. */
const MOST_PARAMETERS = 1000;
/** Steps of the central differences, relative to 1 + |w_i|: s and 2s. */
const STEP = 2e-5;

/**
 * The matrix of second derivatives of an objective at w: its own when it has one, else from central differences of the
 * gradient with steps s and 2s, whose error of order s^2 cancels in (4 H_s - H_2s)/3.
 */
export const hessianAt = (objective: Objective, w: Float64Array): Hessian => {
  const n = objective.size;
  if (w.length !== n) throw invalid("the length of w", w.length, `${n}, the number of parameters`);
  if (n > MOST_PARAMETERS) throw invalid("the number of parameters", n, `at most ${MOST_PARAMETERS}`);
  const matrix = new Float64Array(n * n);
  if (objective.hessian) {
    objective.hessian(w, matrix);
    return { matrix, noise: n * Number.EPSILON * largest(matrix) };
  }
  const near = differences(objective, w, STEP);
  const far = differences(objective, w, 2 * STEP);
  let noise = Number.EPSILON * (near.steepest / STEP + n * largest(near.matrix));
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const below = extrapolated(near.matrix[i * n + j], far.matrix[i * n + j]);
      const above = extrapolated(near.matrix[j * n + i], far.matrix[j * n + i]);
      matrix[i * n + j] = matrix[j * n + i] = 0.5 * (below + above);
      // Also where the loss has no fourth derivative, and the extrapolation gains nothing.
      const removed = Math.abs(near.matrix[i * n + j] - far.matrix[i * n + j]);
      noise = Math.max(noise, Math.abs(below - above), removed);
    }
  return { matrix, noise };
};

const extrapolated = (near: number, far: number): number => (4 * near - far) / 3;

/** Row i: the change of the gradient along parameter i, divided by the step; `steepest` is the largest slope met. */
const differences = (objective: Objective, w: Float64Array, relative: number) => {
  const n = objective.size;
  const matrix = new Float64Array(n * n);
  const [up, down] = [new Float64Array(n), new Float64Array(n)];
  const at = w.slice();
  let steepest = 0;
  for (let i = 0; i < n; i++) {
    const step = relative * (1 + Math.abs(w[i]));
    at[i] = w[i] + step;
    objective.lossAndGradient(at, up);
    at[i] = w[i] - step;
    objective.lossAndGradient(at, down);
    at[i] = w[i];
    for (let j = 0; j < n; j++) matrix[i * n + j] = (up[j] - down[j]) / (2 * step);
    steepest = Math.max(steepest, largest(up), largest(down));
  }
  return { matrix, steepest };
};

const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
