import { compareFractions, smallest, sumOf } from "../../numerics/fraction.ts";
import { checkList } from "./checks.ts";
import type { ExactCoefficient } from "./exact-coefficient.ts";

/**
 * K(u, v, ...) = K_1(u) + K_2(v) + ... in separate parameters: lambda = sum lambda_i, m = 1 + sum (m_i - 1), because the
 * partition functions multiply.  [Watanabe 2009, remark 7.2]
 */
export const independentSum = (...parts: readonly ExactCoefficient[]): ExactCoefficient => {
  checkList("parts", parts);
  return {
    lambda: sumOf(parts.map(({ lambda }) => lambda)),
    multiplicity: parts.reduce((m, { multiplicity }) => m + multiplicity - 1, 1),
    scope: scopeOf(parts),
  };
};

/**
 * K(u, v, ...) = K_1(u) K_2(v) ... in separate parameters: the zeta functions multiply, so lambda is the smallest
 * lambda_i, and the multiplicities of those that share it add up.
 */
export const independentProduct = (...parts: readonly ExactCoefficient[]): ExactCoefficient => {
  checkList("parts", parts);
  const lambda = smallest(parts.map(part => part.lambda));
  const multiplicity = parts
    .filter(part => compareFractions(part.lambda, lambda) === 0)
    .reduce((m, part) => m + part.multiplicity, 0);
  return { lambda, multiplicity, scope: scopeOf(parts) };
};

const scopeOf = (parts: readonly ExactCoefficient[]): ExactCoefficient["scope"] =>
  parts.every(({ scope }) => scope === "global") ? "global" : "local";
