import { minimumByThirds } from "../../numerics/minimum.ts";
import { dot, orthonormal, project } from "./orthonormal.ts";

/** Coefficients of the noise that are looked at. */
export const PHIS = [-0.6, -0.3, 0, 0.2, 0.4, 0.6, 0.75, 0.85, 0.9, 0.94, 0.97, 0.99, 1] as const;

const CLOSER = 16;
/** Share of a pivot that is left of a column which depends on those before: a constant, at phi = 1. */
const DEPENDENT = 1e-11;

/** Sums of squared innovations at the best coefficient and for a random walk, whose coefficient is 1. */
export interface PhiProfile {
  readonly phi: number;
  readonly squares: number;
  readonly walk: number;
}

/** The coefficient at which the sum of squared innovations is least, for a mean that is spanned by some columns; all in units of the noise's deviations. */
export const bestPhi = (values: Float64Array, columns: readonly Float64Array[]): PhiProfile => {
  const basis = orthonormal(columns);
  const rest = values.slice();
  project(rest, basis);
  const all = [...basis, rest];
  const size = all.length;
  // Sums of products at the same place and with the one before, so that each coefficient costs no pass over the values.
  const n = values.length;
  const [now, lagged, before] = [0, 1, 2].map(() => new Float64Array(size * size));
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++) {
      const whole = dot(all[a], all[b]);
      now[a * size + b] = whole - all[a][0] * all[b][0];
      before[a * size + b] = whole - all[a][n - 1] * all[b][n - 1];
      let sum = 0;
      for (let t = 1; t < n; t++) sum += all[a][t] * all[b][t - 1];
      lagged[a * size + b] = sum;
    }
  const matrix = new Float64Array(size * size);
  const squaresAt = (phi: number): number => {
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++) {
        const at = a * size + b;
        matrix[at] = now[at] - phi * (lagged[at] + lagged[b * size + a]) + phi * phi * before[at];
      }
    return lastPivot(matrix, size);
  };
  const grid = PHIS.map(squaresAt);
  const best = grid.indexOf(Math.min(...grid));
  const [low, high] = [PHIS[Math.max(0, best - 1)], PHIS[Math.min(PHIS.length - 1, best + 1)]];
  const closer = minimumByThirds(squaresAt, low, high, CLOSER);
  const squares = squaresAt(closer);
  const walk = grid[grid.length - 1];
  return squares < grid[best] ? { phi: closer, squares, walk } : { phi: PHIS[best], squares: grid[best], walk };
};

/** What is left of the last diagonal entry when the others are eliminated. Overwrites the matrix. */
const lastPivot = (matrix: Float64Array, size: number): number => {
  for (let k = 0; k < size - 1; k++) {
    const pivot = matrix[k * size + k];
    if (!(pivot > DEPENDENT)) continue;
    for (let a = k + 1; a < size; a++) {
      const share = matrix[a * size + k] / pivot;
      for (let b = k + 1; b < size; b++) matrix[a * size + b] -= share * matrix[k * size + b];
    }
  }
  return Math.max(0, matrix[size * size - 1]);
};
