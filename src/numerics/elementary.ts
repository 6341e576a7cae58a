/**
 * Elementary functions whose float64 results have the same bits in every JavaScript engine: they use + - * / , comparisons and
 * the bits of a number only, all of which the language fixes. `Math.exp` and its kin are left to the engine and differ.
 *
 * The error bounds in the docstrings are the largest seen against mpmath at 400 bits (test/numerics/fixtures); one ulp is the
 * distance of the exact result from the next float64.
 */
export { cos } from "./elementary/cos.ts";
export { erf } from "./elementary/erf.ts";
export { exp } from "./elementary/exp.ts";
export { expm1 } from "./elementary/expm1.ts";
export { log } from "./elementary/log.ts";
export { log1p } from "./elementary/log1p.ts";
export { sin } from "./elementary/sin.ts";
export { tanh } from "./elementary/tanh.ts";
