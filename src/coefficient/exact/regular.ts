import { fraction } from "../../numerics/fraction.ts";
import { checkCount } from "./checks.ts";
import type { ExactCoefficient } from "./exact-coefficient.ts";

/**
 * A regular point with d identifiable directions, K = |w|^2 up to coordinates: lambda = d/2, m = 1. Further directions
 * along which K stays zero change nothing.  [Watanabe 2009, section 1.1; Schwarz 1978]
 */
export const regular = ({ dim }: { readonly dim: number }): ExactCoefficient => {
  checkCount("dim", dim, 1);
  return { lambda: fraction(dim, 2), multiplicity: 1, scope: "global" };
};
