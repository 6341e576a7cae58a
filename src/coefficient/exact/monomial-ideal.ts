import { invalid } from "../../errors.ts";
import { type Fraction, fraction, one, plus, signOf, times, zero } from "../../numerics/fraction.ts";
import { fractionRank } from "../../numerics/fraction-rank.ts";
import { packingOptimum } from "../../numerics/packing-programme.ts";
import { checkList, readFraction } from "./checks.ts";
import type { ExactCoefficient } from "./exact-coefficient.ts";
import { readPriorExponents } from "./normal-crossing.ts";

export interface MonomialIdeal {
  /** The exponents a_j >= 0, one list per monomial, all of the same length d: K = sum_j (prod_i |w_i|^(a_ji))^2. */
  readonly generators: readonly (readonly (number | string)[])[];
  /** h_i > -1, zeros when absent: the prior's density is proportional to prod |w_i|^h_i. */
  readonly priorExponents?: readonly (number | string)[];
}

/**
 * A sum of squared monomials at the origin. With u >= 0 the order of vanishing along each coordinate,
 *
 *     lambda = min u.(h + 1)  over  u >= 0,  2 a_j.u >= 1 for all j,      m = dim span {the minimisers}.
 *
 * The minimum is where the ray through h + 1 leaves the Newton polyhedron of K. Exact in fractions, in any dimension in
 * which the simplex method is practical: the minimisers are the face cut out by the constraints that all of them meet
 * with equality, and as lambda > 0 their span has one dimension more than that face.  [Howald 2001; Varchenko 1976]
 *
 * For another polynomial with the same Newton polyhedron this is an upper bound of lambda, and the value when K is
 * non-degenerate on every face.
 */
export const monomialIdeal = ({ generators, priorExponents }: MonomialIdeal): ExactCoefficient => {
  checkList("generators", generators);
  const dim = generators[0].length;
  const cost = readPriorExponents(priorExponents, dim).map(h => plus(h, one));
  const doubled = generators.map((exponents, j) => {
    checkList(`generators[${j}]`, exponents, dim);
    const row = exponents.map((a, i) => times(fraction(2), readFraction(`generators[${j}][${i}]`, a, { limit: 0 })));
    if (row.every(entry => signOf(entry) === 0))
      throw invalid(`generators[${j}]`, exponents, "an exponent above 0: K must vanish at the origin");
    return row;
  });
  const { value, rows, columns } = packingOptimum(
    cost.map((_, i) => doubled.map(row => row[i])),
    cost,
  );
  const met: Fraction[][] = [
    ...columns.map(j => doubled[j]),
    ...rows.map(i => cost.map((_, k) => (i === k ? one : zero))),
  ];
  return { lambda: value, multiplicity: dim - fractionRank(met) + 1, scope: "local" };
};
