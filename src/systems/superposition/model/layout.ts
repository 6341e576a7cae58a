import type { ParameterArray } from "../../../contracts/objective.ts";
import { invalid } from "../../../errors.ts";

/** c features seen through r hidden dimensions; the flat vector holds W row 0, ..., W row r - 1, then b. */
export interface Dimensions {
  readonly c: number;
  readonly r: number;
}

/** Throws a LandauError unless c >= 2 and 1 <= r < c are integers. */
export const checkDimensions = (c: number, r: number): void => {
  if (!Number.isInteger(c) || c < 2) throw invalid("c", c, "an integer >= 2, the number of features");
  if (!Number.isInteger(r) || r < 1 || r >= c) throw invalid("r", r, `an integer from 1 to c - 1 = ${c - 1}`);
};

export const parameterArrays = ({ c, r }: Dimensions): readonly ParameterArray[] => [
  { name: "W", shape: [r, c], offset: 0 },
  { name: "b", shape: [c], offset: r * c },
];

/** W (r rows of c) and b (c entries) laid end to end. Throws a LandauError on a ragged W or an entry that is not finite. */
export const toFlat = (W: readonly ArrayLike<number>[], b: ArrayLike<number>): Float64Array => {
  const [c, r] = [b.length, W.length];
  checkDimensions(c, r);
  const w = new Float64Array(r * c + c);
  W.forEach((row, index) => {
    if (row.length !== c) throw invalid(`W[${index}]`, Array.from(row), `${c} entries, as many as b`);
    w.set(row, index * c);
  });
  w.set(b, r * c);
  const bad = w.findIndex(value => !Number.isFinite(value));
  if (bad >= 0) throw invalid(bad < r * c ? `W[${Math.floor(bad / c)}][${bad % c}]` : `b[${bad - r * c}]`, w[bad], "a finite number");
  return w;
};

export const fromFlat = (w: Float64Array, { c, r }: Dimensions): { W: number[][]; b: number[] } => ({
  W: Array.from({ length: r }, (_, row) => Array.from(w.subarray(row * c, row * c + c))),
  b: Array.from(w.subarray(r * c, r * c + c)),
});
