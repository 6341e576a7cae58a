import { cos, erf, exp, log, log1p, sin, tanh } from "../numerics/elementary.ts";
import type { Scalars } from "./evaluate.ts";

/** Plain float64 arithmetic. */
export const numbers: Scalars<number> = {
  constant: value => value,
  convert: a => a,
  neg: a => -a,
  exp,
  log,
  log1p,
  tanh,
  erf,
  sqrt: Math.sqrt,
  sin,
  cos,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  // Not a number on either side stays visible.
  maximum: (a, b) => (a < b || Number.isNaN(b) ? b : a),
  minimum: (a, b) => (b < a || Number.isNaN(b) ? b : a),
  compare: (relation, a, b) => Number(relation === "less" ? a < b : relation === "equal" ? a === b : a <= b),
  select: (condition, yes, no) => (condition !== 0 ? yes : no),
  known: index => index,
};
