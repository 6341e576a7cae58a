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

/** Points that are looked at in one call, where the objective takes several. */
const AT_ONCE = 16;

/** Row i: the change of the gradient along parameter i, divided by the step; `steepest` is the largest slope met. */
const differences = (objective: Objective, w: Float64Array, relative: number) => {
  const n = objective.size;
  const matrix = new Float64Array(n * n);
  const each = objective.lossesAndGradients ? AT_ONCE : 1;
  const [points, losses, gradients] = [2 * each * n, 2 * each, 2 * each * n].map(length => new Float64Array(length));
  const stepOf = (i: number) => relative * (1 + Math.abs(w[i]));
  let steepest = 0;
  for (let from = 0; from < n; from += each) {
    const count = Math.min(each, n - from);
    for (let row = 0; row < 2 * count; row++) {
      const i = from + (row >> 1);
      points.set(w, row * n);
      points[row * n + i] = w[i] + (row & 1 ? -1 : 1) * stepOf(i);
    }
    gradientsAt(objective, points.subarray(0, 2 * count * n), losses.subarray(0, 2 * count), gradients);
    for (let k = 0; k < count; k++) {
      const i = from + k;
      const up = gradients.subarray(2 * k * n, (2 * k + 1) * n);
      const down = gradients.subarray((2 * k + 1) * n, (2 * k + 2) * n);
      for (let j = 0; j < n; j++) matrix[i * n + j] = (up[j] - down[j]) / (2 * stepOf(i));
      steepest = Math.max(steepest, largest(up), largest(down));
    }
  }
  return { matrix, steepest };
};

const gradientsAt = (objective: Objective, points: Float64Array, losses: Float64Array, gradients: Float64Array) => {
  const { size: n, lossesAndGradients } = objective;
  if (lossesAndGradients) lossesAndGradients(points, losses, gradients.subarray(0, points.length));
  else
    for (let row = 0; row < losses.length; row++)
      objective.lossAndGradient(points.subarray(row * n, (row + 1) * n), gradients.subarray(row * n, (row + 1) * n));
};

const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
