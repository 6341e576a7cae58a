import type { Arithmetic } from "../../src/contracts/arithmetic.ts";

/** Formulas on single float64 numbers. */
export const numberArithmetic: Arithmetic<number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  neg: a => -a,
  sqrt: Math.sqrt,
  abs: Math.abs,
  maximum: Math.max,
  minimum: Math.min,
};
