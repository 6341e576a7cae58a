import { exp } from "./elementary.ts";

const STEP = 0.02;
/** The integrand is followed until it has fallen by this much in the logarithm. */
const NEGLIGIBLE = 45;

/**
 * integral over v > 0 of weight(v, ln v) exp(logDensity(v)) dv, for a density that peaks near 1 and falls as powers on both sides, by trapezoids in ln v,
 * which converge faster than any power.
 */
export const logIntegral = (logDensity: (v: number) => number, weight: (v: number, x: number) => number): number => {
  let sum = 0;
  for (const direction of [1, -1])
    for (let i = direction === 1 ? 0 : 1; ; i++) {
      const x = direction * i * STEP;
      const at = exp(x);
      const height = logDensity(at) + x;
      sum += weight(at, x) * exp(height) * STEP;
      // Past the peak on either side; v^2 p falls the slowest.
      if (i * STEP > 3 && height + 2 * Math.max(0, x) < -NEGLIGIBLE) break;
      if (Math.abs(x) > 600) break;
    }
  return sum;
};
