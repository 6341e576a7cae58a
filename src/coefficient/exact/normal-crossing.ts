import { invalid } from "../../errors.ts";
import {
  compareFractions,
  type Fraction,
  fraction,
  one,
  over,
  plus,
  signOf,
  smallest,
  times,
  zero,
} from "../../numerics/fraction.ts";
import { checkList, readFraction } from "./checks.ts";
import type { ExactCoefficient } from "./exact-coefficient.ts";

export interface NormalCrossing {
  /** k_i >= 0, not all zero: K = prod w_i^(2 k_i). */
  readonly halfExponents: readonly (number | string)[];
  /** h_i > -1, zeros when absent: the prior's density is proportional to prod |w_i|^h_i. */
  readonly priorExponents?: readonly (number | string)[];
}

/**
 * Normal crossings at the origin: lambda = min_i (h_i + 1) / (2 k_i), m = how many i reach the minimum; directions with
 * k_i = 0 take no part.  [Watanabe 2009, theorem 6.6]
 */
export const normalCrossing = ({ halfExponents, priorExponents }: NormalCrossing): ExactCoefficient => {
  checkList("halfExponents", halfExponents);
  const prior = readPriorExponents(priorExponents, halfExponents.length);
  const exponents = halfExponents.map((k, i) => readFraction(`halfExponents[${i}]`, k, { limit: 0 }));
  const ratios = exponents.flatMap((k, i) =>
    signOf(k) === 0 ? [] : [over(plus(prior[i], one), times(fraction(2), k))],
  );
  if (ratios.length === 0) throw invalid("halfExponents", halfExponents, "an exponent above 0: K must vanish");
  const lambda = smallest(ratios);
  const multiplicity = ratios.filter(ratio => compareFractions(ratio, lambda) === 0).length;
  return { lambda, multiplicity, scope: "local" };
};

/** The exponents h of a prior prod |w_i|^h_i, which has a finite mass near 0 only for h > -1. */
export const readPriorExponents = (exponents: readonly (number | string)[] | undefined, dim: number): Fraction[] => {
  if (exponents === undefined) return Array.from({ length: dim }, () => zero);
  checkList("priorExponents", exponents, dim);
  return exponents.map((h, i) => readFraction(`priorExponents[${i}]`, h, { limit: -1, open: true }));
};
