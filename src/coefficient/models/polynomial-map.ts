import { consecutive, type MatrixMap } from "./matrix-map.ts";

/** coefficient x the product of w_i^power, power >= 1. */
export interface Monomial {
  readonly coefficient: number;
  readonly factors: readonly { readonly index: number; readonly power: number }[];
}

/** G = one row of polynomials in the parameters, each a list of monomials. */
export const polynomialMap = (size: number, polynomials: readonly (readonly Monomial[])[]): MatrixMap => {
  const monomialAt = ({ coefficient, factors }: Monomial, w: Float64Array): number => {
    let value = coefficient;
    for (const { index, power } of factors) value *= wholePower(w[index], power);
    return value;
  };
  return {
    ...consecutive([["w", size]]),
    outputs: 1,
    inputs: polynomials.length,
    evaluate(w, matrix) {
      for (let j = 0; j < polynomials.length; j++) {
        matrix[j] = 0;
        for (const monomial of polynomials[j]) matrix[j] += monomialAt(monomial, w);
      }
    },
    pullBack(w, slope, gradient) {
      gradient.fill(0);
      for (let j = 0; j < polynomials.length; j++)
        for (const { coefficient, factors } of polynomials[j])
          for (const moved of factors) {
            let value = coefficient * moved.power * wholePower(w[moved.index], moved.power - 1);
            for (const other of factors) if (other !== moved) value *= wholePower(w[other.index], other.power);
            gradient[moved.index] += slope[j] * value;
          }
    },
  };
};

/** The monomials with these exponents, one per entry of G; the exponents are one list per monomial. */
export const monomialMap = (exponents: readonly (readonly number[])[]): MatrixMap =>
  polynomialMap(
    exponents[0].length,
    exponents.map(list => [
      { coefficient: 1, factors: list.flatMap((power, index) => (power > 0 ? [{ index, power }] : [])) },
    ]),
  );

const wholePower = (base: number, power: number): number => {
  let value = 1;
  for (let i = 0; i < power; i++) value *= base;
  return value;
};
