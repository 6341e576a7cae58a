import { invalid } from "../errors.ts";
import { log } from "./elementary/log.ts";

/**
 * log Gamma(x) for x > 0: Stirling's series from x = 15, and below it the recurrence up to there. Within 4e-15 (1 + |log Gamma|).
 * [DLMF 5.11.1]
 */
export const logGamma = (x: number): number => {
  if (!(x > 0 && x < Infinity)) throw invalid("x", x, "a positive number");
  let product = 1;
  let y = x;
  for (; y < 15; y++) product *= y;
  const inverse = 1 / y;
  const square = inverse * inverse;
  const series =
    inverse *
    (1 / 12 +
      square * (-1 / 360 + square * (1 / 1260 + square * (-1 / 1680 + square * (1 / 1188 - (square * 691) / 360360)))));
  return (y - 0.5) * log(y) - y + HALF_LOG_TWO_PI + series - log(product);
};

const HALF_LOG_TWO_PI = 0.9189385332046727;
