import type { StiffProblem } from "./rosenbrock.ts";

/** Units x_i that feel each other through their mean alone: dx_i/dt = own_i(x_i) + coupling mean(x). */
export interface MeanField {
  readonly size: number;
  readonly coupling: number;
  own(x: number, i: number): number;
  /** shift - d own_i / dx */
  stiffness(x: number, i: number, shift: number): number;
}

/**
 * Such units as a stiff problem. The Jacobian is a diagonal plus coupling/N everywhere, so that a stage of a linearly implicit step costs no more than
 * the force itself (Sherman and Morrison 1950).
 */
export const meanField = ({ size, coupling, own, stiffness }: MeanField): StiffProblem => {
  const inverse = new Float64Array(size);
  let whole = 0;
  return {
    size,
    force(x, out) {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += x[i];
      const pull = (coupling * sum) / size;
      for (let i = 0; i < size; i++) out[i] = own(x[i], i) + pull;
    },
    /** False unless shift - J is positive definite. */
    factorise(x, shift) {
      let sum = 0;
      for (let i = 0; i < size; i++) {
        const diagonal = stiffness(x[i], i, shift);
        if (!(diagonal > 0)) return false;
        inverse[i] = 1 / diagonal;
        sum += inverse[i];
      }
      whole = 1 - (coupling * sum) / size;
      return whole > 0;
    },
    solve(g) {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += g[i] * inverse[i];
      const pull = (coupling * sum) / (size * whole);
      for (let i = 0; i < size; i++) g[i] = (g[i] + pull) * inverse[i];
    },
  };
};
