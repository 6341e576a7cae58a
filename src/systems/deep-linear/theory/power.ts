import { exp, log } from "../../../numerics/elementary.ts";

/** x^n for a whole n >= 0, by repeated multiplication. */
export const power = (x: number, n: number): number => {
  let result = 1;
  for (let i = 0; i < n; i++) result *= x;
  return result;
};

/** x^p for x >= 0 and real p > 0. */
export const realPower = (x: number, p: number): number => (x === 0 ? 0 : exp(p * log(x)));
