import { LandauError } from "../../errors.ts";
import { fraction, plus } from "../../numerics/fraction.ts";
import { type DeepLinear, splitRegular } from "./deep-linear.ts";
import type { ExactCoefficient } from "./exact-coefficient.ts";

/**
 * The coefficient of a deep linear network in the form of its source. Of the sorted reduced widths M_s = H_s - r exactly
 * one prefix S, of l + 1 elements, has max S < min rest, sum S >= l max S and sum S < l min rest (no condition on an
 * empty rest). With c = ceil(sum S / l) and a = sum S - (c - 1) l,
 *
 *     lambda = [r(H_1 + H_(L+1)) - r^2]/2 + a(l - a)/(4l) - (l(l - 1)/4) (sum S / l)^2 + (1/2) sum_(i<j in S) M_i M_j,
 *     m      = a(l - a) + 1.
 *
 * [Aoyagi 2024, Neural Networks 172, 106132, theorem 1]
 */
export const deepLinearSubset = (model: DeepLinear): ExactCoefficient => {
  const { regular, reduced } = splitRegular(model);
  const sorted = reduced.toSorted((a, b) => a - b).map(BigInt);
  let sum = sorted[0];
  let pairs = 0n;
  for (let size = 2; size <= sorted.length; size++) {
    const largest = sorted[size - 1];
    pairs += sum * largest;
    sum += largest;
    const l = BigInt(size - 1);
    const next = sorted[size];
    if (sum < l * largest || (next !== undefined && (largest >= next || sum >= l * next))) continue;
    const a = sum - ((sum + l - 1n) / l - 1n) * l;
    const singular = fraction(a * (l - a) - (l - 1n) * sum * sum + 2n * l * pairs, 4n * l);
    return { lambda: plus(regular, singular), multiplicity: Number(a * (l - a)) + 1, scope: "global" };
  }
  throw new LandauError("input", `widths ${model.widths} have no admissible subset`);
};
