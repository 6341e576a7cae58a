import { fraction } from "../../numerics/fraction.ts";
import { checkCount } from "./checks.ts";
import type { ExactCoefficient } from "./exact-coefficient.ts";

/**
 * A network of H tanh units without bias, f(x) = sum_k a_k tanh(b_k x), one input, one output, when the true function is
 * zero. With i = floor(sqrt H): lambda = (H + i^2 + i)/(4i + 2), m = 2 when H is a perfect square, else 1; reached at the
 * origin.  [Aoyagi and Watanabe 2006, resolution of singularities in layered networks]
 */
export const tanhNetwork = ({ hidden }: { readonly hidden: number }): ExactCoefficient => {
  checkCount("hidden", hidden, 1);
  const i = Math.floor(Math.sqrt(hidden));
  return {
    lambda: fraction(hidden + i * i + i, 4 * i + 2),
    multiplicity: i * i === hidden ? 2 : 1,
    scope: "global",
  };
};
