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
}

/** Steps that look for the floor. */
const MOST_STEPS = 12;
/** Of nBeta K: what is left to fall counts as nothing. */
const CLOSE = 0.01;

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
  return {
    following,
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
