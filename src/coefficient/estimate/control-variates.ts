import { denseMatrix } from "../../numerics/dense-matrix.ts";
import type { Block } from "./blocks.ts";
import type { Problem } from "./problem.ts";
import type { ValleyFloor } from "./valley-floor.ts";

/**
 * Control variates. With v = w - w* and any linear subspace a of d_a dimensions, integration by parts gives, for every f,
 *
 *     E[Z_a f] = E[v_a . grad f],   Z_a = v_a . grad U - d_a,
 *
 * so that E Z_a = 0 exactly: a regression on the Z_a takes away most of the noise of nBeta K where K is nearly homogeneous, and
 * their means tell whether the chains have converged.  [Stein 1972; Assaraf & Caffarel 1999, zero-variance principle]
 *
 * The same holds for v_S - floor(v_F) in place of v_a, S the parameters that follow the floor of a valley: in a bent one K is homogeneous in that alone.
 */
export interface ControlVariates {
  readonly count: number;
  /** Writes Z_a, the share gamma |v_a|^2 / 2 of the localiser in a and d_a, for a point w with dU/dw. */
  write(w: Float64Array, byW: Float64Array, out: Variates): void;
}

export interface Variates {
  readonly z: Float64Array;
  readonly pull: Float64Array;
  readonly dimension: Float64Array;
}

export const controlVariatesFor = (problem: Problem, gamma: number, floor?: ValleyFloor): ControlVariates => {
  const { size, blocks, curvature } = problem;
  const rank = curvature.values.reduce((sum, h) => sum + (h > curvature.noise ? 1 : 0), 0);
  const ofCurved = floor
    ? aboveFloor(problem, floor)
    : rank > 0 && rank < size && curvature.vectors !== undefined
      ? alongCurved(problem, curvature.vectors)
      : undefined;
  const virials = [...blocks.map(block => along(problem, block)), ...(ofCurved ? [ofCurved] : [])];
  return {
    count: virials.length,
    write(w, byW, { z, pull, dimension }) {
      virials.forEach((virialAt, a) => {
        const { virial, square, d } = virialAt(w, byW);
        z[a] = virial - d;
        pull[a] = 0.5 * gamma * square;
        dimension[a] = d;
      });
    },
  };
};

/** v_a . grad U, v_a . v and d_a for one v_a. */
type Virial = (
  w: Float64Array,
  byW: Float64Array,
) => { readonly virial: number; readonly square: number; readonly d: number };

/** Of v in a block. */
const along =
  ({ at }: Problem, block: Block): Virial =>
  (w, byW) => {
    let virial = 0;
    let square = 0;
    for (const i of block) {
      const v = w[i] - at[i];
      virial += v * byW[i];
      square += v * v;
    }
    return { virial, square, d: block.length };
  };

/** Of v along the curved directions at w*. */
const alongCurved = ({ size, at, curvature }: Problem, vectors: Float64Array): Virial => {
  const curved = curvature.values.map(h => (h > curvature.noise ? 1 : 0));
  const d = curved.reduce((sum, one) => sum + one, 0);
  const rotation = denseMatrix(vectors, size);
  const [away, along, slope] = Array.from({ length: 3 }, () => new Float64Array(size));
  return (w, byW) => {
    for (let i = 0; i < size; i++) away[i] = w[i] - at[i];
    rotation.times(away, along);
    rotation.times(byW, slope);
    let virial = 0;
    let square = 0;
    for (let row = 0; row < size; row++) {
      if (curved[row] === 0) continue;
      virial += along[row] * slope[row];
      square += along[row] * along[row];
    }
    return { virial, square, d };
  };
};

/** Of the height above the floor of the valley: nothing where none is found, as it depends on free parameters alone whether one is. */
const aboveFloor = ({ size, at }: Problem, floor: ValleyFloor): Virial => {
  const foot = new Float64Array(size);
  return (w, byW) => {
    for (let i = 0; i < size; i++) foot[i] = w[i] - at[i];
    if (!floor.put(foot)) return { virial: 0, square: 0, d: 0 };
    let virial = 0;
    let square = 0;
    for (const i of floor.following) {
      const height = w[i] - at[i] - foot[i];
      virial += height * byW[i];
      square += height * (w[i] - at[i]);
    }
    return { virial, square, d: floor.following.length };
  };
};
