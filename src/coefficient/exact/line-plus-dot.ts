import { invalid } from "../../errors.ts";
import { fraction } from "../../numerics/fraction.ts";
import { checkCount } from "./checks.ts";
import type { ExactCoefficient } from "./exact-coefficient.ts";

export interface LinePlusDot {
  readonly dim: number;
  /** Where: on the hyperplane w_1 = 1 (called the line), or at the origin (the dot). */
  readonly at: "line" | "dot";
}

/**
 * K = (w_1 - 1)^2 |w|^8: 1/2 on the line, where one factor is a square and the other not zero, and d/8 at the dot, where K
 * is |w|^8 up to a constant. The dot is the more singular place for d < 4, the line for d > 4.  [Lau et al. 2023]
 */
export const linePlusDot = ({ dim, at }: LinePlusDot): ExactCoefficient => {
  checkCount("dim", dim, 1);
  if (at !== "line" && at !== "dot") throw invalid("at", at, '"line" or "dot"');
  return { lambda: at === "line" ? fraction(1, 2) : fraction(dim, 8), multiplicity: 1, scope: "local" };
};
