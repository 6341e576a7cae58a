import { one, over, sumOf } from "../../numerics/fraction.ts";
import { checkList, readFraction } from "./checks.ts";
import type { ExactCoefficient } from "./exact-coefficient.ts";

/** K = sum_i |w_i|^p_i with p_i > 0: lambda = sum_i 1/p_i, m = 1; t <K>_t has this value at every t on the whole space. */
export const sumOfPowers = ({ powers }: { readonly powers: readonly (number | string)[] }): ExactCoefficient => {
  checkList("powers", powers);
  const shares = powers.map((p, i) => over(one, readFraction(`powers[${i}]`, p, { limit: 0, open: true })));
  return { lambda: sumOf(shares), multiplicity: 1, scope: "global" };
};
