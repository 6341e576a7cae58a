import type { Objective } from "../contracts/objective.ts";
import { solveLinear } from "../numerics/linear-algebra.ts";
import { norm } from "../numerics/norm.ts";

const MOST_STEPS = 50;

/**
 * Newton's method to the critical point of a loss near w, in place; false when it does not arrive. A symmetry t is a null direction of the
 * Hessian; adding t t^T makes the system regular without moving its solution, since the gradient is orthogonal to t.
 */
export const settleAtCriticalPoint = (
  { size, lossAndGradient, hessian }: Required<Pick<Objective, "size" | "lossAndGradient" | "hessian">>,
  w: Float64Array,
  symmetry: (w: Float64Array) => Float64Array,
): boolean => {
  const gradient = new Float64Array(size);
  const matrix = new Float64Array(size * size);
  for (let iteration = 0; iteration < MOST_STEPS; iteration++) {
    lossAndGradient(w, gradient);
    if (norm(gradient) < 1e-15) return true;
    hessian(w, matrix);
    const t = symmetry(w);
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) matrix[i * size + j] += t[i] * t[j];
    const step = solveLinear(matrix, size, gradient);
    for (let i = 0; i < size; i++) w[i] -= step[i];
    if (norm(step) < 1e-14) return true;
  }
  return false;
};
