/**
 * The smallest whole number from `from` on for which a condition holds that, once true, stays so: by doubling, then halving. Beyond 2^53 the
 * next float64.
 */
export const firstWhole = (holds: (n: number) => boolean, from: number): number => {
  if (holds(from)) return from;
  let [low, high] = [from, Math.max(1, 2 * from)];
  while (!holds(high)) [low, high] = [high, 2 * high];
  for (;;) {
    const middle = Math.floor(low + (high - low) / 2);
    if (middle <= low || middle >= high) return high;
    if (holds(middle)) high = middle;
    else low = middle;
  }
};
