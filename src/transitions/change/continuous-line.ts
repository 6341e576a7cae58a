import { lowerEnvelope, type Quadratic } from "./lower-envelope.ts";
import { centred, prefixSums } from "./segment-cost.ts";

/** The cost of the values up to an index as a function of the line's height there, with the knots that lead to it. */
interface Branch extends Quadratic {
  readonly knots: Knots | null;
}
interface Knots {
  readonly at: number;
  readonly before: Knots | null;
}

/**
 * Knots, at values of the series, of the continuous broken line for which the sum of squared distances and a penalty for each knot is least.
 * [Fearnhead, Maidstone and Letchford 2019]
 */
export const continuousLine = (values: ArrayLike<number>, penalty: number): number[] => {
  const y = centred(values);
  const n = y.length;
  const first = prefixSums(n, i => y[i]);
  const second = prefixSums(n, i => y[i] * y[i]);
  const moment = prefixSums(n, i => (i - n / 2) * y[i]);
  /** Branches that may be the best at some height, at each index that may be the last knot. */
  let alive: { at: number; branch: Branch }[] = [
    { at: 0, branch: { a: 1, b: -2 * y[0], c: y[0] * y[0], knots: null } },
  ];
  let best: Branch = alive[0].branch;
  for (let end = 1; end < n; end++) {
    const extended = alive.map(({ at, branch }) => {
      const count = end - at;
      const sum = first[end + 1] - first[at + 1];
      const share = (moment[end + 1] - moment[at + 1] - (at - n / 2) * sum) / count;
      // Squares of shares w = 1/count, ..., 1 of the way, of 1 - w, and their products.
      const towards = ((count + 1) * (2 * count + 1)) / (6 * count);
      const away = ((count - 1) * (2 * count - 1)) / (6 * count);
      const both = (count * count - 1) / (6 * count);
      const [a, b, c] = [branch.a + away, branch.b - 2 * (sum - share), branch.c + second[end + 1] - second[at + 1]];
      // Least over the height u at the last knot of a u^2 + (b + 2 both x) u + c + towards x^2 - 2 share x.
      return {
        a: Math.max(0, towards - (both * both) / a),
        b: -2 * share - (b * both) / a,
        c: c - (b * b) / (4 * a),
        knots: branch.knots,
      };
    });
    const lowest = extended.map(leastOf);
    const least = lowest.reduce((low, value) => Math.min(low, value), Infinity);
    best = extended[lowest.indexOf(least)];
    // Two knots, here and at the next value, lead from the best onto any line.
    const kept = alive.filter((_, i) => lowest[i] <= least + 2 * penalty);
    const here = [...new Set(lowerEnvelope(extended))].map(branch => ({
      at: end,
      branch: { ...branch, c: branch.c + penalty, knots: { at: end, before: branch.knots } },
    }));
    alive = [...kept, ...here];
  }
  const knots: number[] = [];
  for (let knot = best.knots; knot; knot = knot.before) knots.push(knot.at);
  return knots.reverse();
};

const leastOf = ({ a, b, c }: Quadratic): number => (a > 0 ? c - (b * b) / (4 * a) : c);
