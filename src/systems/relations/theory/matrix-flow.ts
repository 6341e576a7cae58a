import { exp, expm1 } from "../../../numerics/elementary.ts";
import { symmetricEigen } from "../../../numerics/linear-algebra.ts";
import { integrate } from "../../../numerics/ode/integrate.ts";

/** Two embeddings of one class at x = +-r in front of a decoder A x, m x d and row-major. */
export interface MatrixFlow {
  readonly A: ArrayLike<number>;
  readonly r: ArrayLike<number>;
  /** Learning rates of the decoder and of the embeddings. */
  readonly etaA: number;
  readonly etaX: number;
}

export interface MatrixState {
  readonly A: Float64Array;
  readonly r: Float64Array;
}

/** A^T A / (2 eta_A) - r r^T / eta_x, d x d: conserved entry by entry. */
export const conservedMatrix = ({ A, r, etaA, etaX }: MatrixFlow): Float64Array => {
  const d = r.length;
  const m = A.length / d;
  const C = new Float64Array(d * d);
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) {
      let sum = 0;
      for (let row = 0; row < m; row++) sum += A[row * d + i] * A[row * d + j];
      C[i * d + j] = sum / (2 * etaA) - (r[i] * r[j]) / etaX;
    }
  return C;
};

/** Error of a step of the integration. */
const TOLERANCE = 1e-12;

/** Solution of dA/dt = -2 eta_A A r r^T, dr/dt = -eta_x A^T A r at each of the times, which ascend from 0. */
export const matrixFlow = ({ A, r, etaA, etaX }: MatrixFlow, times: readonly number[]): readonly MatrixState[] => {
  const d = r.length;
  const m = A.length / d;
  const size = m * d;
  const seen = new Float64Array(m);
  const slope = (_: number, y: Float64Array, dydt: Float64Array): void => {
    for (let row = 0; row < m; row++) {
      seen[row] = 0;
      for (let k = 0; k < d; k++) seen[row] += y[row * d + k] * y[size + k];
    }
    for (let row = 0; row < m; row++)
      for (let k = 0; k < d; k++) dydt[row * d + k] = -2 * etaA * seen[row] * y[size + k];
    for (let k = 0; k < d; k++) {
      let sum = 0;
      for (let row = 0; row < m; row++) sum += y[row * d + k] * seen[row];
      dydt[size + k] = -etaX * sum;
    }
  };
  const start = Float64Array.from([...Array.from(A), ...Array.from(r)]);
  const states = integrate(slope, start, times, { tolerance: TOLERANCE });
  return states.map(y => ({ A: y.slice(0, size), r: y.slice(size) }));
};

/**
 * The separation alone in closed form. With A^T A = 2 eta_A (C + r r^T / eta_x), dr/dt = -2 eta_A (eta_x C + |r|^2) r: r(t) is w(t) = exp(-2 eta_A eta_x C t) r(0)
 * divided by sqrt(1 + 4 eta_A times the integral of |w|^2).
 */
export const separationAt = (flow: MatrixFlow, t: number): Float64Array => {
  const { r, etaA, etaX } = flow;
  const d = r.length;
  const { values, vectors } = symmetricEigen(conservedMatrix(flow), d);
  const w = new Float64Array(d);
  let integral = 0;
  for (let k = 0; k < d; k++) {
    let along = 0;
    for (let i = 0; i < d; i++) along += vectors[k * d + i] * r[i];
    const x = 2 * etaA * etaX * values[k] * t;
    integral += along * along * t * (x === 0 ? 1 : -expm1(-2 * x) / (2 * x));
    const now = along * exp(-x);
    for (let i = 0; i < d; i++) w[i] += now * vectors[k * d + i];
  }
  const scale = 1 / Math.sqrt(1 + 4 * etaA * integral);
  return w.map(value => scale * value);
};
