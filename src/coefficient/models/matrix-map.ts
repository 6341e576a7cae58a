import type { ParameterArray } from "../../contracts/objective.ts";

/** A matrix G(w), outputs x inputs (row-major), as a function of the parameters. */
export interface MatrixMap {
  readonly parameters: readonly ParameterArray[];
  readonly size: number;
  readonly outputs: number;
  readonly inputs: number;
  /** Overwrites `matrix` with G(w). */
  evaluate(w: Float64Array, matrix: Float64Array): void;
  /**
   * Overwrites `gradient` with sum_ij slope_ij dG_ij/dw at the point of the last `evaluate`, which is given again; `slope`
   * has the shape of G.
   */
  pullBack(w: Float64Array, slope: Float64Array, gradient: Float64Array): void;
}

/** Arrays one after the other in one flat vector. */
export const consecutive = (
  shapes: readonly (readonly [name: string, ...shape: number[]])[],
): { readonly parameters: ParameterArray[]; readonly size: number } => {
  let size = 0;
  const parameters = shapes.map(([name, ...shape]) => {
    const offset = size;
    size += shape.reduce((count, length) => count * length, 1);
    return { name, shape, offset };
  });
  return { parameters, size };
};
