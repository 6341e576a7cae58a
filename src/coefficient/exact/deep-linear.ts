import { invalid } from "../../errors.ts";
import { fraction, plus } from "../../numerics/fraction.ts";
import { checkCount, checkList } from "./checks.ts";
import type { ExactCoefficient } from "./exact-coefficient.ts";

/** A product of L matrices with widths H_1 (inputs), ..., H_(L+1) (outputs), whose true product has rank r. */
export interface DeepLinear {
  readonly widths: readonly number[];
  /** r <= min widths. */
  readonly rank: number;
}

/**
 * Deep linear network, K = ||W_L ... W_1 - T||_F^2, over the whole set of minima, by counting slots. With the reduced
 * widths M_s = H_s - r, q the smallest of them and v_1, ..., v_L the others minus q, let E be the multiset
 * { v_j + n : j = 1..L, n = 0, 1, ... }. Then
 *
 *     lambda = [r(H_1 + H_(L+1)) - r^2]/2 + (1/2) [q(q+1)/2 + the sum of the q smallest elements of E],
 *     m      = s(c - s) + 1,
 *
 * where the largest chosen value is in E c times and was chosen s times; m = 1 for q = 0. The q singular values of the
 * product behave like independent exponents; each costs its place plus the cheapest unused exponent that one of the other
 * widths offers. Equal to the subset form (deep-linear-subset.ts) of Aoyagi 2024, Neural Networks 172.
 */
export const deepLinear = (model: DeepLinear): ExactCoefficient => {
  const { regular, reduced } = splitRegular(model);
  const sorted = reduced.toSorted((a, b) => a - b);
  const q = sorted[0];
  const offers = sorted.slice(1).map(width => width - q);
  let chosen = 0;
  let copies = 0;
  let sum = 0n;
  let multiplicity = 1;
  for (let value = offers[0]; chosen < q; value++) {
    // A value is in E once for each v_j that is not above it.
    while (copies < offers.length && offers[copies] <= value) copies++;
    const taken = Math.min(copies, q - chosen);
    chosen += taken;
    sum += BigInt(taken) * BigInt(value);
    multiplicity = taken * (copies - taken) + 1;
  }
  const places = (BigInt(q) * BigInt(q + 1)) / 2n;
  return { lambda: plus(regular, fraction(places + sum, 2)), multiplicity, scope: "global" };
};

/** Checks the model and splits off its true part: [r(H_1 + H_(L+1)) - r^2]/2 and the reduced widths M_s. */
export const splitRegular = ({ widths, rank }: DeepLinear) => {
  checkList("widths", widths);
  if (widths.length < 2) throw invalid("widths", widths, "at least two widths: those of one matrix");
  widths.forEach((width, i) => {
    checkCount(`widths[${i}]`, width, 1);
  });
  checkCount("rank", rank, 0, Math.min(...widths));
  const regular = fraction(rank * (widths[0] + widths[widths.length - 1] - rank), 2);
  return { regular, reduced: widths.map(width => width - rank) };
};
