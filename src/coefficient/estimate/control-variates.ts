import { denseMatrix } from "../../numerics/dense-matrix.ts";
import type { Problem } from "./problem.ts";

/**
 * Control variates. With v = w - w* and any linear subspace a of d_a dimensions, integration by parts gives, for every f,
 *
 *     E[Z_a f] = E[v_a . grad f],   Z_a = v_a . grad U - d_a,
 *
 * so that E Z_a = 0 exactly: a regression on the Z_a takes away most of the noise of nBeta K where K is nearly homogeneous, and
 * their means tell whether the chains have converged.  [Stein 1972; Assaraf & Caffarel 1999, zero-variance principle]
 */
export interface ControlVariates {
  readonly count: number;
  readonly dimensions: Float64Array;
  /** Writes Z_a and the share gamma |v_a|^2 / 2 of the localiser in a, for a point w with dU/dw. */
  write(w: Float64Array, byW: Float64Array, z: Float64Array, pull: Float64Array): void;
}

export const controlVariatesFor = (problem: Problem, gamma: number): ControlVariates => {
  const { size, blocks, at, curvature } = problem;
  const curved = curvature.values.map(h => (h > curvature.noise ? 1 : 0));
  const rank = curved.reduce((sum, one) => sum + one, 0);
  const vectors = rank > 0 && rank < size ? curvature.vectors : undefined;
  const split = vectors && {
    rotation: denseMatrix(vectors, size),
    along: new Float64Array(size),
    slope: new Float64Array(size),
  };
  const away = new Float64Array(size);
  const count = blocks.length + (split ? 1 : 0);
  const dimensions = Float64Array.from([...blocks.map(block => block.length), ...(split ? [rank] : [])]);
  return {
    count,
    dimensions,
    write(w, byW, z, pull) {
      for (let i = 0; i < size; i++) away[i] = w[i] - at[i];
      for (let a = 0; a < blocks.length; a++) {
        let virial = 0;
        let square = 0;
        for (const i of blocks[a]) {
          virial += away[i] * byW[i];
          square += away[i] * away[i];
        }
        z[a] = virial - dimensions[a];
        pull[a] = 0.5 * gamma * square;
      }
      if (!split) return;
      const { rotation, along, slope } = split;
      rotation.times(away, along);
      rotation.times(byW, slope);
      let virial = 0;
      let square = 0;
      for (let row = 0; row < size; row++) {
        if (curved[row] === 0) continue;
        virial += along[row] * slope[row];
        square += along[row] * along[row];
      }
      z[count - 1] = virial - rank;
      pull[count - 1] = 0.5 * gamma * square;
    },
  };
};
