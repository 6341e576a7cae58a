import { invalid } from "../../errors.ts";
import { singularValues } from "../../numerics/singular-values.ts";

/** How much of one subspace lies in another. */
export interface SubspaceOverlap {
  /** Mean squared cosine of the principal angles. */
  readonly overlap: number;
  /** Descending. */
  readonly cosines: readonly number[];
  /** 1 - overlap */
  readonly novelty: number;
}

/** Novelty across a transition, and at most on both sides of it, that is a sign of new bases. A convention. */
export const NEW_BASIS = { across: 0.5, beside: 0.2 } as const;

/** Below this share of its length a column depends on those before it. */
const DEPENDENT = 1e-10;

/** Spans of the columns of two matrices with as many rows, the columns of each independent; there are as many angles as the smaller span has dimensions.  [Bjorck & Golub 1973] */
export const subspaceOverlap = (
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
): SubspaceOverlap => {
  if (b.length !== a.length) throw invalid("the number of rows of b", b.length, `${a.length}, as a has`);
  for (const [name, [row]] of Object.entries({ a, b }))
    if (row.length > a.length)
      throw invalid(`the number of columns of ${name}`, row.length, `at most ${a.length}, the number of rows`);
  const [p, q] = [orthonormal(a, "a"), orthonormal(b, "b")];
  const products = p.flatMap(u => q.map(v => u.reduce((sum, value, i) => sum + value * v[i], 0)));
  const cosines = Array.from(singularValues(Float64Array.from(products), p.length, q.length));
  const overlap = cosines.reduce((sum, cosine) => sum + cosine * cosine, 0) / cosines.length;
  return { overlap, cosines, novelty: 1 - overlap };
};

/** An orthonormal basis of the columns, by Gram and Schmidt done twice. */
const orthonormal = (rows: readonly (readonly number[])[], name: string): readonly (readonly number[])[] => {
  const basis: number[][] = [];
  for (let j = 0; j < rows[0].length; j++) {
    const column = rows.map(row => row[j]);
    const before = norm(column);
    for (let pass = 0; pass < 2; pass++)
      for (const unit of basis) {
        const along = unit.reduce((sum, value, i) => sum + value * column[i], 0);
        unit.forEach((value, i) => {
          column[i] -= along * value;
        });
      }
    const left = norm(column);
    if (!(left > DEPENDENT * before))
      throw invalid(
        `column ${j} of ${name}`,
        rows.map(row => row[j]),
        "a column independent of those before it",
      );
    basis.push(column.map(value => value / left));
  }
  return basis;
};

const norm = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
