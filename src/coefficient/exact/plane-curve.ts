import { invalid, LandauError } from "../../errors.ts";
import {
  compareFractions,
  type Fraction,
  fraction,
  minus,
  one,
  over,
  plus,
  signOf,
  times,
  zero,
} from "../../numerics/fraction.ts";
import { fractionRank } from "../../numerics/fraction-rank.ts";
import { packingOptimum } from "../../numerics/packing-programme.ts";
import { type PlanePolynomial, parsePolynomial, shiftPolynomial } from "../../numerics/plane-polynomial.ts";
import { type RootGroup, rootGroups } from "../../numerics/real-roots.ts";
import type { ExactCoefficient } from "./exact-coefficient.ts";

/**
 * A polynomial K(x, y) at the origin, where it vanishes; written as "(x^2 - y^3)^2". K is not negative, or else stands for
 * |K|.
 *
 * lambda = 1/d, where (d, d) is the point at which the diagonal meets the boundary of the Newton polygon of K, in
 * coordinates that are adapted. They are unless (d, d) lies inside a compact edge and a real root of the polynomial on
 * that edge, K_edge = x^a y^b prod_l (y^p - c_l x^q)^(n_l), has a multiplicity n_l > d. Then p = 1 or q = 1 and the root is
 * the only one of its kind, hence rational; y -> y + c x^q (or its like for x) straightens it and the next polygon is
 * tried. m = 2 when (d, d) is a vertex, or n_l = d for a real root; otherwise 1.
 *
 * [Varchenko 1976, Funct. Anal. Appl. 10; Ikromov and Mueller 2011, Trans. AMS 363, on adapted coordinates]
 */
export const planeCurve = ({ K }: { readonly K: string }): ExactCoefficient => {
  let f = parsePolynomial("K", K);
  if (f.length === 0 || f.some(({ p, q }) => p + q === 0))
    throw invalid("K", K, "a polynomial that is not constant and vanishes at the origin");
  for (let change = 0; change <= MOST_CHANGES; change++) {
    const { distance, weights, atVertex } = principalFace(f);
    const lambda = over(one, distance);
    if (atVertex) return { lambda, multiplicity: 2, scope: "local" };
    if (weights.some(weight => signOf(weight) === 0)) return { lambda, multiplicity: 1, scope: "local" };
    const edge = edgeRoots(f, weights);
    const excess = edge.highest ? compareFractions(fraction(edge.highest.multiplicity), distance) : -1;
    if (excess <= 0) return { lambda, multiplicity: excess === 0 ? 2 : 1, scope: "local" };
    f = straighten(f, edge.highest!, edge);
  }
  throw new LandauError(
    "input",
    `K is ${K}: no adapted coordinates after ${MOST_CHANGES} changes; needs a multiple branch that is a polynomial`,
  );
};

const MOST_CHANGES = 20;

/** The face of the Newton polygon that the diagonal meets; its points have weights.(p, q) = 1 unless it is a vertex. */
const principalFace = (f: PlanePolynomial) => {
  const exponents = f.map(({ p, q }) => [fraction(p), fraction(q)]);
  const { value, prices, columns, rows } = packingOptimum(
    [0, 1].map(axis => exponents.map(pair => pair[axis])),
    [one, one],
  );
  const met = [...columns.map(j => exponents[j]), ...rows.map(i => (i === 0 ? [one, zero] : [zero, one]))];
  return { distance: over(one, value), weights: prices, atVertex: fractionRank(met) === 1 };
};

interface Edge {
  /** The edge runs in steps of x^q against y^p, without a common divisor. */
  readonly p: number;
  readonly q: number;
  /** The real roots of highest multiplicity; absent when no root is real. */
  readonly highest: RootGroup | undefined;
}

/** The roots c of the edge polynomial in y^p / x^q. None is zero. */
const edgeRoots = (f: PlanePolynomial, [wx, wy]: readonly Fraction[]): Edge => {
  // p wy = q wx.
  const slope = over(wx, wy);
  const [p, q] = [Number(slope.numerator), Number(slope.denominator)];
  const onEdge = f.filter(term => {
    const height = plus(times(wx, fraction(term.p)), times(wy, fraction(term.q)));
    return compareFractions(height, one) === 0;
  });
  const lowest = Math.min(...onEdge.map(term => term.q));
  const polynomial: Fraction[] = [];
  for (const term of onEdge) polynomial[(term.q - lowest) / p] = term.coefficient;
  const real = rootGroups(Array.from(polynomial, value => value ?? zero)).filter(({ realRoots }) => realRoots > 0);
  return { p, q, highest: real.at(-1) };
};

/** Moves the branch y^p = c x^q onto an axis. */
const straighten = (f: PlanePolynomial, { factor }: RootGroup, { p, q }: Edge): PlanePolynomial => {
  if (factor.length !== 2 || Math.min(p, q) !== 1)
    throw new LandauError("input", `the branch y^${p} = c x^${q} of K cannot be straightened: c is no fraction`);
  const c = over(minus(zero, factor[0]), factor[1]);
  return p === 1 ? shiftPolynomial(f, "y", c, q) : shiftPolynomial(f, "x", over(one, c), p);
};
