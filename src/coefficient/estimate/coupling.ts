import { stream } from "../../numerics/stream.ts";
import type { Block } from "./blocks.ts";
import { curvatureAt } from "./curvature.ts";
import type { Problem } from "./problem.ts";

const POINTS = 2;

/**
 * For each pair of parameters how much of the loss they share: |H_ij|, H the Hessian, summed over random points where a localiser gamma alone would take the chains. size x size; all alike
 * where the Hessian is not measured.
 */
export const couplingAt = (problem: Problem, gamma: number): Float64Array => {
  const { size, at, excess } = problem;
  const coupling = new Float64Array(size * size);
  const numbers = stream({ seed: 0, purpose: "coefficient coupling" });
  const w = new Float64Array(size);
  for (let k = 0; k < POINTS; k++) {
    numbers.normals(w);
    for (let i = 0; i < size; i++) w[i] = at[i] + w[i] / Math.sqrt(gamma);
    const { matrix } = curvatureAt(excess, w).curvature;
    if (!matrix) return coupling.fill(1);
    for (let k = 0; k < coupling.length; k++) coupling[k] += Math.abs(matrix[k]);
  }
  return coupling;
};

/** The same between blocks, 0 for a block with itself: blocks x blocks. */
export const betweenBlocks = (coupling: Float64Array, size: number, blocks: readonly Block[]): Float64Array[] =>
  blocks.map(own =>
    Float64Array.from(blocks, other => {
      if (other === own) return 0;
      let sum = 0;
      for (const i of own) for (const j of other) sum += coupling[i * size + j];
      return sum;
    }),
  );
