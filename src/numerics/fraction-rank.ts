import { type Fraction, minus, over, signOf, times } from "./fraction.ts";

/** The rank of a matrix of fractions, given by rows, by elimination. */
export const fractionRank = (rows: readonly (readonly Fraction[])[]): number => {
  const left = rows.map(row => [...row]);
  const columns = left[0]?.length ?? 0;
  let rank = 0;
  for (let column = 0; column < columns && rank < left.length; column++) {
    const found = left.findIndex((row, i) => i >= rank && signOf(row[column]) !== 0);
    if (found < 0) continue;
    [left[rank], left[found]] = [left[found], left[rank]];
    const pivot = left[rank];
    for (let i = rank + 1; i < left.length; i++) {
      if (signOf(left[i][column]) === 0) continue;
      const factor = over(left[i][column], pivot[column]);
      left[i] = left[i].map((entry, j) => minus(entry, times(factor, pivot[j])));
    }
    rank++;
  }
  return rank;
};
