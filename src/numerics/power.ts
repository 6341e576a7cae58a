import { exp, log } from "./elementary.ts";

/** x^n for a whole n >= 0, by repeated multiplication. */
export const power = (x: number, n: number): number => {
  let result = 1;
  for (let i = 0; i < n; i++) result *= x;
  return result;
};

/** x^p for x >= 0 and real p > 0. */
export const realPower = (x: number, p: number): number => (x === 0 ? 0 : exp(p * log(x)));

/** x^n for a whole n >= 0, by repeated squaring: for large n. Not always the bits of `power`. */
export const powerBySquaring = (x: number, n: number): number => {
  let result = 1;
  for (let square = x, rest = n; rest > 0; square *= square, rest = Math.floor(rest / 2))
    if (rest % 2 === 1) result *= square;
  return result;
};
