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
 * The same holds for v_S - floor(v_F) in place of v_a, S the parameters that follow the floor of a valley: in a bent one K is homogeneous in that alone. And it holds for
 * a free parameter v_i that takes the others along, with (d floor_S / d v_i) v_i added to v_S: nothing else tells what K does along such a valley. Each is a field whose divergence is
 * its number of parameters, as the floor depends on free ones alone.
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
  const ofCurved =
    !floor && rank > 0 && rank < size && curvature.vectors !== undefined
      ? alongCurved(problem, curvature.vectors)
      : undefined;
  const straight = floor ? blocks.filter(block => !block.some(i => floor.free.includes(i))) : blocks;
  const families = [
    ...[...straight.map(block => along(problem, block)), ...(ofCurved ? [ofCurved] : [])].map(alone),
    ...(floor ? [onFloor(problem, floor)] : []),
  ];
  return {
    count: families.reduce((sum, family) => sum + family.count, 0),
    write(w, byW, { z, pull, dimension }) {
      let a = 0;
      for (const { virialsAt } of families)
        for (const { virial, square, d } of virialsAt(w, byW)) {
          z[a] = virial - d;
          pull[a] = 0.5 * gamma * square;
          dimension[a++] = d;
        }
    },
  };
};

/** v_a . grad U, v_a . v and d_a for one v_a. */
interface Found {
  readonly virial: number;
  readonly square: number;
  readonly d: number;
}
type Virial = (w: Float64Array, byW: Float64Array) => Found;

/** Several that are found together. */
interface Family {
  readonly count: number;
  virialsAt(w: Float64Array, byW: Float64Array): readonly Found[];
}

const alone = (virial: Virial): Family => ({ count: 1, virialsAt: (w, byW) => [virial(w, byW)] });

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

/**
 * Of the height above the floor of the valley, and of each free parameter along the floor. Where none is found, which depends on free parameters alone, there is no height, and free ones
 * take nothing along: what is added to v_S may jump with v_F, but v_i itself may not.
 */
const onFloor = ({ size, at }: Problem, floor: ValleyFloor): Family => {
  const { following, free } = floor;
  const count = 1 + free.length;
  const foot = new Float64Array(size);
  const slopes = new Float64Array(following.length * free.length);
  return {
    count,
    virialsAt(w, byW) {
      for (let i = 0; i < size; i++) foot[i] = w[i] - at[i];
      const isFound = floor.put(foot);
      let virial = 0;
      let square = 0;
      if (isFound)
        for (const i of following) {
          const height = w[i] - at[i] - foot[i];
          virial += height * byW[i];
          square += height * (w[i] - at[i]);
        }
      const above = { virial, square, d: isFound ? following.length : 0 };
      if (!isFound || !floor.slopesAt(foot, slopes)) slopes.fill(0);
      const along = free.map((i, b) => {
        const v = w[i] - at[i];
        let [slope, other] = [byW[i], v];
        following.forEach((j, a) => {
          const rate = slopes[a * free.length + b];
          slope += rate * byW[j];
          other += rate * (w[j] - at[j]);
        });
        return { virial: v * slope, square: v * other, d: 1 };
      });
      return [above, ...along];
    },
  };
};
