import type { Objective } from "../../contracts/objective.ts";
import { symmetricEigen } from "../../numerics/linear-algebra.ts";
import { hessianAt } from "../exact/hessian.ts";

/** The Hessian at w*: V^T diag(values) V, rows of V its unit eigenvectors. */
export interface Curvature {
  /** In the order of the rows of `vectors`, or of the parameters when there are none. */
  readonly values: Float64Array;
  /** size x size, row-major. Absent when the Hessian is diagonal, or too large to be diagonalised. */
  readonly vectors?: Float64Array;
  /** The Hessian itself, size x size; absent when it is too large. */
  readonly matrix?: Float64Array;
  /** Curvatures up to this are indistinguishable from zero. */
  readonly noise: number;
  readonly trace: number;
  /** Parameters whose whole row is zero. */
  readonly idle: readonly number[];
}

/** Above this many parameters only the diagonal of the Hessian is used. */
const MOST_DENSE = 512;

/** A lower bound of lambda: half the rank of the Hessian; 0 where it is not known, as its diagonal says nothing of the rank. */
export const floorOf = ({ values, noise, matrix }: Curvature): number =>
  matrix ? values.reduce((sum, h) => sum + (h > noise ? 0.5 : 0), 0) : 0;

export interface MeasuredCurvature {
  readonly curvature: Curvature;
  readonly evaluations: number;
}

export const curvatureAt = (objective: Objective, at: Float64Array): MeasuredCurvature =>
  objective.size <= MOST_DENSE ? dense(objective, at) : diagonal(objective, at);

const dense = (objective: Objective, at: Float64Array): MeasuredCurvature => {
  const n = objective.size;
  const { matrix, noise } = hessianAt(objective, at);
  let trace = 0;
  let off = 0;
  const idle: number[] = [];
  for (let i = 0; i < n; i++) {
    trace += matrix[i * n + i];
    for (let j = 0; j < i; j++) off = Math.max(off, Math.abs(matrix[i * n + j]));
    if (matrix.subarray(i * n, (i + 1) * n).every(entry => Math.abs(entry) <= noise)) idle.push(i);
  }
  const evaluations = objective.hessian ? 1 : 4 * n;
  if (off <= noise)
    return {
      curvature: { values: matrix.filter((_, k) => k % (n + 1) === 0), matrix, noise: n * noise, trace, idle },
      evaluations,
    };
  const { values, vectors } = symmetricEigen(matrix, n);
  return { curvature: { values, vectors, matrix, noise: n * noise, trace, idle }, evaluations };
};

const diagonal = (objective: Objective, at: Float64Array): MeasuredCurvature => {
  const n = objective.size;
  const values = new Float64Array(n);
  const [up, down] = [new Float64Array(n), new Float64Array(n)];
  const w = at.slice();
  let trace = 0;
  for (let i = 0; i < n; i++) {
    const step = 2e-5 * (1 + Math.abs(at[i]));
    w[i] = at[i] + step;
    objective.lossAndGradient(w, up);
    w[i] = at[i] - step;
    objective.lossAndGradient(w, down);
    w[i] = at[i];
    values[i] = (up[i] - down[i]) / (2 * step);
    trace += values[i];
  }
  return { curvature: { values, noise: 1e-9 * n, trace, idle: [] }, evaluations: 2 * n };
};
