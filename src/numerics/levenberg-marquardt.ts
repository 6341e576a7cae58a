import { choleskyInPlace, choleskySolve } from "./cholesky.ts";

/** Residuals at some parameters; null where they are not known. */
export type Residuals = (parameters: readonly number[]) => Float64Array | null;

export interface NonlinearFit {
  readonly parameters: readonly number[];
  /** Sum of the squared residuals. */
  readonly squares: number;
  readonly residuals: Float64Array;
  /** Derivatives of the residuals by each parameter, by central differences, or towards the side on which they are known; 0 where on neither. */
  readonly slopes: readonly Float64Array[];
  /** Whether the last steps changed nothing that counts, rather than running out. */
  readonly converged: boolean;
}

export interface NonlinearSettings {
  /** Distance of the central differences; of parameters of order 1. */
  readonly difference?: number;
  /** Steps at most. */
  readonly steps?: number;
  /** Ends once a step lowers the sum by less than this share. */
  readonly tolerance?: number;
}

/** Share of the largest diagonal entry that is added to each. */
const FLOOR = 1e-12;

const [LEAST_DAMPING, MOST_DAMPING] = [1e-12, 1e12];

/**
 * A local minimum of a sum of squares of a few parameters, from a start, by the method of Levenberg and Marquardt [Nocedal and Wright, Numerical
 * Optimization, section 10.3]. Null where the residuals are not known at the start.
 */
export const levenbergMarquardt = (
  residualsOf: Residuals,
  start: readonly number[],
  { difference = 1e-4, steps = 60, tolerance = 1e-12 }: NonlinearSettings = {},
): NonlinearFit | null => {
  const first = residualsOf(start);
  if (!first) return null;
  let [parameters, residuals, squares] = [start, first, sumOfSquares(first)];
  let slopes = slopesAt(residualsOf, parameters, residuals, difference);
  let damping = 1e-3;
  let converged = false;
  for (let step = 0; step < steps && !converged; step++) {
    const normal = slopes.map(a => slopes.map(b => dot(a, b)));
    const pull = slopes.map(a => -dot(a, residuals));
    let lowered = false;
    while (!lowered && damping < MOST_DAMPING) {
      const move = solveDamped(normal, pull, damping);
      const tried = parameters.map((value, i) => value + move[i]);
      const there = residualsOf(tried);
      const sum = there ? sumOfSquares(there) : Infinity;
      if (there && sum <= squares) {
        converged = squares - sum <= tolerance * squares;
        [parameters, residuals, squares] = [tried, there, sum];
        lowered = true;
        damping = Math.max(LEAST_DAMPING, damping / 10);
      } else damping *= 4;
    }
    if (!lowered) converged = true;
    if (lowered) slopes = slopesAt(residualsOf, parameters, residuals, difference);
  }
  return { parameters, squares, residuals, slopes, converged };
};

const slopesAt = (residualsOf: Residuals, at: readonly number[], residuals: Float64Array, by: number): Float64Array[] =>
  at.map((_, i) => {
    const [above, below] = [by, -by].map(by => residualsOf(at.with(i, at[i] + by)));
    const [ahead, behind] = [above ?? residuals, below ?? residuals];
    const distance = (above ? by : 0) + (below ? by : 0);
    return ahead.map((value, k) => (distance > 0 ? (value - behind[k]) / distance : 0));
  });

/** Solves (N + damping diag N) x = pull. */
const solveDamped = (
  normal: readonly (readonly number[])[],
  pull: readonly number[],
  damping: number,
): Float64Array => {
  const size = pull.length;
  const largest = normal.reduce((most, row, i) => Math.max(most, row[i]), 0) || 1;
  // A parameter that changes nothing stays where it is.
  const matrix = Float64Array.from(normal.flatMap((row, i) => row.with(i, row[i] * (1 + damping) + FLOOR * largest)));
  const x = Float64Array.from(pull);
  choleskyInPlace(matrix, size);
  choleskySolve(matrix, size, x);
  return x;
};

const sumOfSquares = (values: Float64Array): number => dot(values, values);

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};
