/** Where a broken line through points (x, y), by ascending x, rises through 0 for the last time; null where it never does. */
export const lastRise = (x: ArrayLike<number>, y: ArrayLike<number>): number | null => {
  for (let i = x.length - 2; i >= 0; i--)
    if (y[i] <= 0 && y[i + 1] > 0) return x[i] - (y[i] * (x[i + 1] - x[i])) / (y[i + 1] - y[i]);
  return null;
};
