import { invalid } from "../errors.ts";
import { exp, log } from "./elementary.ts";
import { logGamma } from "./log-gamma.ts";

const MOST_TERMS = 100_000;
const TINY = 1e-300;

/**
 * Q(a, x), the probability that a Gamma(a) variable is larger than x; a > 0, x >= 0. The series of the other side below x = a + 1, the continued
 * fraction above, which keeps the digits of probabilities down to the smallest number.  [DLMF 8.7.1 and 8.9.2; modified Lentz]
 */
export const upperGamma = (a: number, x: number): number => {
  if (!(a > 0 && a < Infinity)) throw invalid("a", a, "a positive number");
  if (!(x >= 0)) throw invalid("x", x, "a number from 0 on");
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  const front = exp(a * log(x) - x - logGamma(a));
  if (x >= a + 1) return front * fraction(a, x);
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MOST_TERMS && term > sum * 1e-17; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return 1 - front * sum;
};

const fraction = (a: number, x: number): number => {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const step = -n * (n - a);
    b += 2;
    d = 1 / nonzero(step * d + b);
    c = nonzero(b + step / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return value;
};

const nonzero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

/** Probability that chi-square of so many degrees of freedom is larger than `value`. */
export const chiSquareAbove = (value: number, freedom: number): number => upperGamma(freedom / 2, value / 2);
