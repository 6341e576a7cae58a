/** How many values are above this share of the largest: of singular values, the numerical rank. */
export const countAbove = (values: Float64Array, share: number): number => {
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  return values.reduce((count, value) => count + (value > share * most ? 1 : 0), 0);
};
