/** Pearson's chi-square of counts against equal expected counts, as (chi2 - df) / sqrt(2 df): about standard normal. */
export const chiSquareScore = (counts: ArrayLike<number>): number => {
  const total = Array.from(counts).reduce((sum, count) => sum + count, 0);
  const expected = total / counts.length;
  const chiSquare = Array.from(counts).reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = counts.length - 1;
  return (chiSquare - freedom) / Math.sqrt(2 * freedom);
};
