import { mean } from "./moments.ts";

/** Pearson's correlation coefficient; NaN where one of the two does not vary. */
export const correlation = (x: ArrayLike<number>, y: ArrayLike<number>): number => {
  const [a, b] = [x, y].map(values => {
    const own = Array.from(values);
    const centre = mean(own);
    return own.map(value => value - centre);
  });
  const product = (u: readonly number[], v: readonly number[]) => u.reduce((sum, value, i) => sum + value * v[i], 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
};

/** Spearman's: that of the ranks, those of equal values averaged. */
export const rankCorrelation = (x: ArrayLike<number>, y: ArrayLike<number>): number => correlation(ranks(x), ranks(y));

const ranks = (values: ArrayLike<number>): number[] => {
  const own = Array.from(values);
  return own.map(value => {
    const [below, equal] = own.reduce(
      ([below, equal], other) => [below + (other < value ? 1 : 0), equal + (other === value ? 1 : 0)],
      [0, 0],
    );
    return below + (equal + 1) / 2;
  });
};
