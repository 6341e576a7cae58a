import type { ParameterArray } from "../../contracts/objective.ts";

/** W_1, ..., W_D (W_l is d_l x d_(l-1), d_0 = dx), then U (d_D), in one flat vector. */
export interface Layout {
  /** dx and the widths of the hidden layers, d_0 to d_D. */
  readonly sizes: readonly number[];
  readonly parameters: readonly ParameterArray[];
  /** Where W_1, ..., W_D and U begin. */
  readonly offsets: readonly number[];
  readonly size: number;
}

export const layoutOf = (dx: number, widths: readonly number[]): Layout => {
  const sizes = [dx, ...widths];
  const parameters: ParameterArray[] = [];
  let offset = 0;
  for (let l = 1; l < sizes.length; l++) {
    parameters.push({ name: `W${l}`, shape: [sizes[l], sizes[l - 1]], offset });
    offset += sizes[l] * sizes[l - 1];
  }
  const last = sizes[sizes.length - 1];
  parameters.push({ name: "U", shape: [last], offset });
  return { sizes, parameters, offsets: parameters.map(each => each.offset), size: offset + last };
};

/** Parameters from the matrices; W_1 first. */
export const flatNetwork = (U: ArrayLike<number>, W: readonly (readonly (readonly number[])[])[]): Float64Array =>
  Float64Array.from([...W.flat(2), ...Array.from(U)]);

/** Squared norm of each array of parameters. */
export const squaresOf = (
  { parameters }: { readonly parameters: readonly ParameterArray[] },
  w: ArrayLike<number>,
): number[] =>
  parameters.map(({ shape, offset }) => {
    const end = offset + shape.reduce((a, b) => a * b, 1);
    let sum = 0;
    for (let i = offset; i < end; i++) sum += w[i] * w[i];
    return sum;
  });
