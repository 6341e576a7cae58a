import { scale } from "./bits.ts";
import { exponentialRemainder } from "./exponential-remainder.ts";
import { INVERSE_LN2, LN2_HIGH, LN2_LOW } from "./ln2.ts";

/**
 * e^x. Largest error measured: 0.73 ulp (subnormal results included).
 *
 * exp(NaN) = NaN, exp(+-0) = 1, exp(x) = Infinity for x > 709.782712893384, 0 for x < -745.1332191019411.
 *
 * With k the integer next to x / ln 2 and r = x - k ln 2, e^x = 2^k (1 + r + r^2 Q(r)).
 */
export const exp = (x: number): number => {
  if (!(x < 710)) return x >= 710 ? Infinity : x;
  if (x < -746) return 0;
  const k = Math.floor(x * INVERSE_LN2 + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const rest = r * r * exponentialRemainder(r) - low;
  const sum = 1 + high;
  // What rounding cut from `sum` goes back in with the small terms.
  const cut = high - (sum - 1);
  return scale(sum + (cut + rest), k);
};
