import type { ParameterArray } from "../../../contracts/objective.ts";
import { invalid } from "../../../errors.ts";

/** c features seen through r hidden dimensions. The flat vector holds W row 0, ..., W row r - 1, then b. */
export interface Dimensions {
  readonly c: number;
  readonly r: number;
}

/** Throws a LandauError unless c >= 2 and 1 <= r < c are integers. */
export const checkDimensions = (c: number, r: number): void => {
  if (!Number.isInteger(c) || c < 2) throw invalid("c", c, "an integer of at least 2, the number of features");
  if (!Number.isInteger(r) || r < 1 || r >= c) throw invalid("r", r, `an integer from 1 to c - 1 = ${c - 1}`);
};

/** Length of the flat vector. */
export const sizeOf = ({ c, r }: Dimensions): number => r * c + c;

export const parameterArrays = ({ c, r }: Dimensions): readonly ParameterArray[] => [
  { name: "W", shape: [r, c], offset: 0 },
  { name: "b", shape: [c], offset: r * c },
];

/** W as a list of r rows of c entries, and b with c entries. */
export interface Weights {
  readonly W: readonly ArrayLike<number>[];
  readonly b: ArrayLike<number>;
}

/**
 * Lays W and b end to end. Throws a LandauError for a wrong number of rows or entries, or one that is not finite. Without dimensions they
 * are those of W and b.
 */
export const toFlat = ({ W, b }: Weights, { c, r }: Dimensions = { c: b.length, r: W.length }): Float64Array => {
  checkDimensions(c, r);
  if (W.length !== r) throw invalid("W", W, `${r} rows, the hidden dimension`);
  if (b.length !== c) throw invalid("b", b, `${c} entries, one for each feature`);
  const w = new Float64Array(sizeOf({ c, r }));
  W.forEach((row, i) => {
    if (row.length !== c) throw invalid(`W[${i}]`, Array.from(row), `${c} entries, one for each entry of b`);
    w.set(row, i * c);
  });
  w.set(b, r * c);
  const bad = w.findIndex(value => !Number.isFinite(value));
  if (bad >= 0) {
    const name = bad < r * c ? `W[${Math.floor(bad / c)}][${bad % c}]` : `b[${bad - r * c}]`;
    throw invalid(name, w[bad], "a finite number");
  }
  return w;
};

/** Takes a flat vector apart. Throws a LandauError when its length is not (r + 1) c. */
export const fromFlat = (w: Float64Array, { c, r }: Dimensions): { W: number[][]; b: number[] } => {
  checkDimensions(c, r);
  if (w.length !== sizeOf({ c, r })) throw invalid("w.length", w.length, `(r + 1) c = ${sizeOf({ c, r })} parameters`);
  return {
    W: Array.from({ length: r }, (_, row) => Array.from(w.subarray(row * c, row * c + c))),
    b: Array.from(w.subarray(r * c)),
  };
};
