import { ABOVE, BELOW, END } from "../wasm/tanh32.ts";

const within = (end: number): string =>
  `x = PICK(ALL(${end}) < x, ALL(${end}), x); x = PICK(x < ALL(${-end}), ALL(${-end}), x);`;

const polynomial = ([c0, c1, c2, c3, c4]: readonly number[]): string =>
  `((ALL(${c0}) + z * ALL(${c1})) + w * ((ALL(${c2}) + z * ALL(${c3})) + w * ALL(${c4})))`;

/** The hyperbolic tangent that WebAssembly writes into its loops, from the same coefficients in the same order. */
export const tanh32 = {
  name: "tanh_inline",
  source: `
INLINE vreal tanh_inline(vreal x) {
  ${within(END)}
  vreal z = x * x, w = z * z;
  x = (x * ${polynomial(ABOVE)}) / ${polynomial(BELOW)};
  ${within(1)}
  return x;
}
`,
};
