import { exp } from "../../../numerics/elementary.ts";
import { symmetricEigen } from "../../../numerics/linear-algebra.ts";
import type { Parallelogram } from "./pairs.ts";
import { curvatureScale, gramOf, type Normalisation, rowsOf } from "./training-set.ts";

/** Where the embeddings of one dimension are at a time: by dR/dt = -H R, and by the gradient flow of l_0 / Z_0 itself. */
export interface FlowState {
  readonly linear: Float64Array;
  readonly normalised: Float64Array;
}

/**
 * The effective flow in closed form [section 3.2]. The paper's dR/dt = -H R is linear: R(t) = exp(-Ht) R(0). The whole gradient of
 * l_0 / Z_0, dE/dt = -H E + (2 l_0 / Z_0^2) E, is the same flow with |E| kept: E(t) = |E(0)| exp(-Ht) E(0) / |exp(-Ht) E(0)|.
 */
export const effectiveFlow = (
  p: number,
  links: readonly Parallelogram[],
  start: ArrayLike<number>,
  { normalisation = "mean" as Normalisation, Z0 }: { readonly normalisation?: Normalisation; readonly Z0: number },
) => {
  const scale = curvatureScale(normalisation, links.length, Z0);
  const H = gramOf(p, rowsOf(p, links)).map(entry => scale * entry);
  const { values, vectors } = symmetricEigen(H, p);
  const along = Array.from(values, (_, k) => dot(vectors.subarray(k * p, (k + 1) * p), start));
  const size = Math.sqrt(dot(start, start));
  return {
    H,
    at(t: number): FlowState {
      const linear = new Float64Array(p);
      for (let k = 0; k < p; k++) {
        const share = along[k] * exp(-Math.max(0, values[k]) * t);
        for (let i = 0; i < p; i++) linear[i] += share * vectors[k * p + i];
      }
      const now = Math.sqrt(dot(linear, linear));
      return { linear, normalised: linear.map(value => (size * value) / now) };
    },
    /** l_eff = R^T H R / 2. */
    loss: (E: ArrayLike<number>): number => quadratic(H, E) / 2,
  };
};

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};

const quadratic = (matrix: Float64Array, v: ArrayLike<number>): number => {
  const n = v.length;
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += v[i] * matrix[i * n + j] * v[j];
  return sum;
};

/** l_0 of embeddings of one dimension: the summed squared defects of parallelograms. */
export const summedDefects = (rows: readonly Int32Array[], E: ArrayLike<number>): number => {
  let sum = 0;
  for (const row of rows) {
    const defect = dot(row, E);
    sum += defect * defect;
  }
  return sum;
};

/**
 * Slope of the full flow of l_0 / Z_0 from the parallelograms themselves, written into `slope`; Z_0 is |E|^2 unless it is given. Returns l_0, a sum
 * or a mean.
 */
export const fullSlope = (
  rows: readonly Int32Array[],
  normalisation: Normalisation,
  E: ArrayLike<number>,
  slope: Float64Array,
  Z0 = dot(E, E),
): number => {
  const share = rows.length === 0 ? 0 : normalisation === "mean" ? 1 / rows.length : 1;
  slope.fill(0);
  let l0 = 0;
  for (const row of rows) {
    const defect = dot(row, E);
    l0 += share * defect * defect;
    for (let i = 0; i < slope.length; i++) slope[i] -= (2 * share * defect * row[i]) / Z0;
  }
  for (let i = 0; i < slope.length; i++) slope[i] += (2 * l0 * E[i]) / (Z0 * Z0);
  return l0;
};

export interface EulerOptions {
  /** Length of a step. */
  readonly rate: number;
  readonly steps: number;
  readonly normalisation: Normalisation;
}

/** Forward Euler on the full flow, Z_0 held at its start, as the source's code draws trajectories; `visit` sees every step before it is made. */
export const eulerFlow = (
  rows: readonly Int32Array[],
  start: ArrayLike<number>,
  { rate, steps, normalisation }: EulerOptions,
  visit: (step: number, E: Float64Array) => void,
): void => {
  const E = Float64Array.from(start);
  const slope = new Float64Array(E.length);
  const Z0 = dot(E, E);
  for (let step = 0; ; step++) {
    visit(step, E);
    if (step === steps) return;
    fullSlope(rows, normalisation, E, slope, Z0);
    for (let i = 0; i < E.length; i++) E[i] += rate * slope[i];
  }
};
