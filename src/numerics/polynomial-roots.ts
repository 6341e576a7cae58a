import { polynomial } from "./polynomial.ts";
import { bisect } from "./root.ts";

/**
 * All real roots of sum_k coefficients[k] x^k, ascending and each once, none missed: between two neighbouring roots of its derivative a
 * polynomial is monotone, so that a change of sign there holds exactly one root. A root of even multiplicity is found where the value at
 * a root of the derivative is within `rounding` of zero, as a share of the sum of the absolute terms.
 */
export const realRootsOf = (coefficients: readonly number[], rounding = 1e-13): number[] => {
  let degree = coefficients.length - 1;
  while (degree > 0 && coefficients[degree] === 0) degree--;
  if (degree < 1) return [];
  const terms = coefficients.slice(0, degree + 1);
  const f = polynomial(terms);
  const size = polynomial(terms.map(Math.abs));
  const isZero = (x: number): boolean => Math.abs(f(x)) <= rounding * size(Math.abs(x));
  // Cauchy's bound on all roots.
  const bound = 1 + Math.max(...terms.slice(0, -1).map(term => Math.abs(term / terms[degree])));
  const turns = realRootsOf(
    terms.slice(1).map((term, k) => term * (k + 1)),
    rounding,
  );
  const ends = [-bound, ...turns.filter(x => Math.abs(x) < bound), bound];
  const roots: number[] = [];
  for (let i = 0; i + 1 < ends.length; i++) {
    const [low, high] = [ends[i], ends[i + 1]];
    if (i > 0 && isZero(low)) roots.push(low);
    else if (!(i + 1 < ends.length - 1 && isZero(high)) && f(low) < 0 !== f(high) < 0) roots.push(bisect(f, low, high));
  }
  return roots;
};
