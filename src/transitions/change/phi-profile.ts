import { minimumByGoldenSections } from "../../numerics/minimum.ts";
import { dot, orthonormal, project } from "./orthonormal.ts";

/** Coefficients of the noise that are looked at. */
export const PHIS = [-0.6, -0.3, 0, 0.2, 0.4, 0.6, 0.75, 0.85, 0.9, 0.94, 0.97, 0.99, 1] as const;

const CLOSER = 14;
/** Share of a pivot that is left of a column which depends on those before: a constant, at phi = 1. */
const DEPENDENT = 1e-11;

/** Sums of squared innovations at the best coefficient and for a random walk, whose coefficient is 1. */
export interface PhiProfile {
  readonly phi: number;
  readonly squares: number;
  readonly walk: number;
}

/**
 * Columns made orthonormal, the values beside them, and sums of products at the same place and with the one before, row-major over the columns and, last, the
 * values: with them a coefficient costs no pass over the values.
 */
export interface Lags {
  readonly basis: readonly Float64Array[];
  readonly rest: Float64Array;
  readonly now: Float64Array;
  readonly lagged: Float64Array;
  readonly before: Float64Array;
}

/** Lags of values and columns, all in units of the noise's deviations; those of more columns begin at what is known of the first. */
export const lagsOf = (values: Float64Array, columns: readonly Float64Array[], known?: Lags): Lags => {
  const basis = orthonormal(columns, known?.basis);
  const kept = known?.basis.length ?? 0;
  const rest = (known?.rest ?? values).slice();
  project(rest, basis.slice(kept));
  const all = [...basis, rest];
  const size = all.length;
  const n = values.length;
  const [now, lagged, before] = [0, 1, 2].map(() => new Float64Array(size * size));
  for (let a = 0; a < size; a++)
    for (let b = 0; b <= a; b++) {
      const [at, across] = [a * size + b, b * size + a];
      if (known && a < kept && b < kept) {
        const [from, over] = [a * (kept + 1) + b, b * (kept + 1) + a];
        now[at] = now[across] = known.now[from];
        before[at] = before[across] = known.before[from];
        [lagged[at], lagged[across]] = [known.lagged[from], known.lagged[over]];
        continue;
      }
      const [x, y] = [all[a], all[b]];
      const whole = dot(x, y);
      now[at] = now[across] = whole - x[0] * y[0];
      before[at] = before[across] = whole - x[n - 1] * y[n - 1];
      let [ahead, behind] = [0, 0];
      for (let t = 1; t < n; t++) {
        ahead += x[t] * y[t - 1];
        behind += x[t - 1] * y[t];
      }
      [lagged[at], lagged[across]] = [ahead, behind];
    }
  return { basis, rest, now, lagged, before };
};

/** The coefficient at which the sum of squared innovations is least, for a mean that is spanned by the columns of some lags. */
export const profileOf = ({ basis, now, lagged, before }: Lags): PhiProfile => {
  const size = basis.length + 1;
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
  const closer = minimumByGoldenSections(squaresAt, low, high, CLOSER);
  const squares = squaresAt(closer);
  const walk = grid[grid.length - 1];
  return squares < grid[best] ? { phi: closer, squares, walk } : { phi: PHIS[best], squares: grid[best], walk };
};

/** The best coefficient for values and columns that are used once. */
export const bestPhi = (values: Float64Array, columns: readonly Float64Array[]): PhiProfile =>
  profileOf(lagsOf(values, columns));

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
