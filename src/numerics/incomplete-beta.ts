import { invalid } from "../errors.ts";
import { exp } from "./elementary/exp.ts";
import { log } from "./elementary/log.ts";
import { log1p } from "./elementary/log1p.ts";
import { logGamma } from "./log-gamma.ts";
import { bisect } from "./root.ts";

/**
 * I_x(a, b), the probability that a Beta(a, b) variable is at most x; a, b > 0 and 0 <= x <= 1. By its continued fraction on the
 * side of the mean where it converges fast, to some 1e-14 (100 + a + b) relative.  [DLMF 8.17.22; modified Lentz: Press et al., Numerical recipes, section 5.2]
 */
export const incompleteBeta = (x: number, a: number, b: number): number => {
  if (!(a > 0 && a < Infinity)) throw invalid("a", a, "a positive number");
  if (!(b > 0 && b < Infinity)) throw invalid("b", b, "a positive number");
  if (!(x >= 0 && x <= 1)) throw invalid("x", x, "a number from 0 to 1");
  if (x === 0 || x === 1) return x;
  const front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
};

/** The x below which a Beta(a, b) variable falls with probability p, 0 < p < 1, to the last bit of x that tells. */
export const betaQuantile = (p: number, a: number, b: number): number => {
  if (!(p > 0 && p < 1)) throw invalid("p", p, "a probability between 0 and 1, ends excluded");
  return bisect(x => incompleteBeta(x, a, b) - p, 0, 1);
};

const TINY = 1e-300;

const fraction = (x: number, a: number, b: number): number => {
  let c = 1;
  let d = 1 / nonzero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  // Some sqrt(max(a, b)) terms are enough; the bound only ends what could otherwise go on.
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonzero(1 + even * d);
    c = nonzero(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonzero(1 + odd * d);
    c = nonzero(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return value;
};

const nonzero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
