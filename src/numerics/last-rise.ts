/** Points of the search between 0 and the top, and bisections between two of them. */
const SCAN = 64;
const BISECTIONS = 40;

/** Where a function on [0, top] rises through 0 for the last time, as far as a scan of it shows; null where it never does. */
export const lastRiseOf = (f: (x: number) => number, top: number): number | null => {
  for (let i = SCAN - 1; i >= 0; i--) {
    let low = (i * top) / SCAN;
    let high = ((i + 1) * top) / SCAN;
    if (!(f(high) > 0 && f(low) <= 0)) continue;
    for (let bisection = 0; bisection < BISECTIONS; bisection++) {
      const middle = 0.5 * (low + high);
      if (f(middle) > 0) high = middle;
      else low = middle;
    }
    return 0.5 * (low + high);
  }
  return null;
};
