import { isLandauError } from "../../errors.ts";
import { choleskyInPlace, choleskySolve } from "../../numerics/cholesky.ts";
import type { Problem } from "./problem.ts";

/** Parameters that curvature holds, and how they follow the others. */
export interface ValleyFloor {
  /** The parameters that follow. */
  readonly following: readonly number[];
  /**
   * Overwrites the parameters that follow, in a displacement from w*, by where K is least over them while the free ones stay. False where that is not found, as the free
   * ones alone decide.
   */
  put(v: Float64Array): boolean;
  /** The parameters that do not follow. */
  readonly free: readonly number[];
  /**
   * How the floor moves as a free parameter does: for a point on it, as `put` leaves it, d floor_S / d v_F, following x free, row-major. False where K is not curved there.
   */
  slopesAt(foot: Float64Array, slopes: Float64Array): boolean;
}

/** Steps that look for the floor. */
const MOST_STEPS = 12;
/** Of nBeta K: what is left to fall counts as nothing. */
const CLOSE = 0.01;
/** Of differences of gradients: their rounding over it, and its square, are far below the width of the coldest valleys. */
const REACH = 1e-5;

/**
 * The floor of the valley of K around w*: as many parameters as its Hessian has rank, such that its block of theirs is well-conditioned, as a function of all others.
 *
 * Steps begin at w*, with the Hessian there and what they learn of its change, so that the floor depends on nothing but the free parameters: then v_S <- v_S - floor(v_F) is a change
 * of variables with the determinant 1 however near the steps come. Undefined where nothing is curved, or everything, or no such block is positive.
 */
export const valleyFloor = (problem: Problem, nBeta: number): ValleyFloor | undefined => {
  const { size, at, excess, curvature } = problem;
  const { matrix, values, noise } = curvature;
  const rank = values.reduce((sum, h) => sum + (h > noise ? 1 : 0), 0);
  if (!matrix || rank === 0 || rank === size) return undefined;
  const following = pivots(matrix, size, rank, noise);
  if (!following) return undefined;
  const factor = new Float64Array(rank * rank);
  following.forEach((i, a) => {
    following.forEach((j, b) => {
      factor[a * rank + b] = matrix[i * size + j];
    });
  });
  const inverse = inverseOf(factor, rank);
  const w = new Float64Array(size);
  const gradient = new Float64Array(size);
  const B = new Float64Array(rank * rank);
  const [step, slope, change, turned] = Array.from({ length: 4 }, () => new Float64Array(rank));
  const free = Array.from({ length: size }, (_, i) => i).filter(i => !following.includes(i));
  const behind = new Float64Array(size);
  /** d^2 K / dw_S dw_i, by central differences of the gradient; w is at the point, and stays there. */
  const bendAlong = (i: number, out: Float64Array): void => {
    const centre = w[i];
    const reach = REACH * (1 + Math.abs(centre));
    w[i] = centre + reach;
    excess.lossAndGradient(w, gradient);
    w[i] = centre - reach;
    excess.lossAndGradient(w, behind);
    w[i] = centre;
    for (let a = 0; a < rank; a++) out[a] = (gradient[following[a]] - behind[following[a]]) / (2 * reach);
  };
  return {
    following,
    free,
    slopesAt(foot, slopes) {
      for (let i = 0; i < size; i++) w[i] = at[i] + foot[i];
      following.forEach((i, a) => {
        bendAlong(i, factor.subarray(a * rank, (a + 1) * rank));
      });
      if (!isFactored(factor, rank)) return false;
      free.forEach((i, b) => {
        bendAlong(i, slope);
        choleskySolve(factor, rank, slope);
        for (let a = 0; a < rank; a++) slopes[a * free.length + b] = -slope[a];
      });
      return true;
    },
    put(v) {
      for (const i of following) v[i] = 0;
      B.set(inverse);
      let first = Infinity;
      for (let k = 0; k < MOST_STEPS; k++) {
        for (let i = 0; i < size; i++) w[i] = at[i] + v[i];
        excess.lossAndGradient(w, gradient);
        for (let a = 0; a < rank; a++) {
          change[a] = gradient[following[a]] - slope[a];
          slope[a] = gradient[following[a]];
        }
        if (k > 0) learn(B, step, change, turned);
        let fall = 0;
        for (let a = 0; a < rank; a++) {
          step[a] = 0;
          for (let b = 0; b < rank; b++) step[a] -= B[a * rank + b] * slope[b];
          fall -= 0.5 * step[a] * slope[a];
        }
        if (k === 0) first = fall;
        if (!(fall < 100 * first + CLOSE / nBeta)) return false;
        for (let a = 0; a < rank; a++) v[following[a]] += step[a];
        if (nBeta * fall <= CLOSE) return true;
      }
      return false;
    },
  };
};

/** Whether a matrix is positive definite; it is overwritten with its Cholesky factor. */
const isFactored = (matrix: Float64Array, n: number): boolean => {
  try {
    choleskyInPlace(matrix, n);
    return true;
  } catch (error) {
    if (!isLandauError(error, "input")) throw error;
    return false;
  }
};

/** The inverse of a symmetric positive definite matrix, which is overwritten. */
const inverseOf = (matrix: Float64Array, n: number): Float64Array => {
  choleskyInPlace(matrix, n);
  const inverse = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    const column = inverse.subarray(a * n, (a + 1) * n);
    column[a] = 1;
    choleskySolve(matrix, n, column);
  }
  return inverse;
};

/** The inverse Hessian B after a step with a change of the gradient along it.  [Broyden, Fletcher, Goldfarb, Shanno 1970] */
const learn = (B: Float64Array, step: Float64Array, change: Float64Array, turned: Float64Array): void => {
  const n = step.length;
  let [along, square] = [0, 0];
  for (let a = 0; a < n; a++) {
    turned[a] = 0;
    for (let b = 0; b < n; b++) turned[a] += B[a * n + b] * change[b];
    along += step[a] * change[a];
    square += change[a] * turned[a];
  }
  if (!(along > 0)) return;
  const scale = (1 + square / along) / along;
  for (let a = 0; a < n; a++)
    for (let b = 0; b < n; b++)
      B[a * n + b] += scale * step[a] * step[b] - (step[a] * turned[b] + turned[a] * step[b]) / along;
};

/** Rows that a Cholesky factorisation with pivots takes first; undefined where a pivot is no larger than noise. */
const pivots = (matrix: Float64Array, size: number, rank: number, noise: number): number[] | undefined => {
  const left = matrix.slice();
  const taken: number[] = [];
  for (let k = 0; k < rank; k++) {
    let pivot = -1;
    for (let i = 0; i < size; i++)
      if (!taken.includes(i) && (pivot < 0 || left[i * size + i] > left[pivot * size + pivot])) pivot = i;
    taken.push(pivot);
    const row = left.slice(pivot * size, (pivot + 1) * size);
    if (!(row[pivot] > noise)) return undefined;
    for (let i = 0; i < size; i++) {
      const share = row[i] / row[pivot];
      if (share !== 0) for (let j = 0; j < size; j++) left[i * size + j] -= share * row[j];
    }
  }
  return taken;
};
