import { deepLinear } from "../exact/deep-linear.ts";
import { reducedRankLocal } from "../exact/reduced-rank.ts";
import { symmetricFactorisation } from "../exact/symmetric-factorisation.ts";
import type { ExactModel } from "./exact-model.ts";
import { gramMap } from "./gram-map.ts";
import { matrixProduct } from "./matrix-product.ts";
import { regressionModel } from "./regression-model.ts";

/** Inputs, hidden units, outputs, true rank, and the excess ranks a of A and b of B at the point. */
type Stratum = readonly [inputs: number, hidden: number, outputs: number, rank: number, a: number, b: number];

/**
 * Reduced rank regression at a point of the stratum rank A = r + a, rank B = r + b: the first r hidden units pass one input
 * each to one output, the next a only listen, the next b only speak.
 */
const reducedRank = ([inputs, hidden, outputs, rank, a, b]: Stratum, minibatches = false): ExactModel =>
  regressionModel({
    name: `reduced-rank-${inputs}-${hidden}-${outputs}-rank-${rank}-excess-${a}-${b}`,
    family: "reduced rank regression",
    map: () => matrixProduct([inputs, hidden, outputs]),
    point(size) {
      const w = new Float64Array(size);
      for (let unit = 0; unit < rank + a; unit++) w[unit * inputs + unit] = 1;
      for (let unit = 0; unit < rank + b; unit++)
        w[hidden * inputs + unit * hidden + (unit < rank ? unit : unit + a)] = 1;
      return w;
    },
    exact: reducedRankLocal({
      inputs,
      hidden,
      outputs,
      rank,
      excessRankFirstLayer: a,
      excessRankSecondLayer: b,
    }),
    minibatches,
  });

/**
 * A deep linear network at its deepest point: every matrix has the rank r of the product, so that splitting off the true
 * part leaves the origin of the reduced network, where K is homogeneous and the local value is the global one.
 */
const deep = (widths: readonly number[], rank: number, minibatches = false): ExactModel =>
  regressionModel({
    name: `deep-linear-${widths.join("-")}-rank-${rank}`,
    family: "deep linear",
    map: () => matrixProduct(widths),
    point(size) {
      const w = new Float64Array(size);
      for (let s = 1, offset = 0; s < widths.length; offset += widths[s] * widths[s - 1], s++)
        for (let i = 0; i < rank; i++) w[offset + i * widths[s - 1] + i] = 1;
      return w;
    },
    exact: deepLinear({ widths, rank }),
    minibatches,
  });

/** U has rank r at every minimum, and all of them look alike. */
const symmetric = (n: number, k: number, rank: number, minibatches = false): ExactModel =>
  regressionModel({
    name: `symmetric-${n}-${k}-rank-${rank}`,
    family: "symmetric factorisation",
    map: () => gramMap(n, k),
    point(size) {
      const w = new Float64Array(size);
      for (let i = 0; i < rank; i++) w[i * k + i] = 1;
      return w;
    },
    exact: symmetricFactorisation({ n, k, rank }),
    minibatches,
  });

export const linearNetworkModels = (): readonly ExactModel[] => [
  reducedRank([1, 1, 1, 0, 0, 0]),
  reducedRank([2, 1, 2, 0, 0, 0], true),
  reducedRank([2, 2, 2, 0, 0, 0]),
  reducedRank([2, 2, 2, 0, 0, 2]),
  reducedRank([1, 2, 4, 0, 0, 0]),
  reducedRank([1, 2, 4, 0, 1, 0]),
  reducedRank([3, 2, 3, 1, 0, 0], true),
  reducedRank([3, 3, 3, 1, 1, 0]),
  reducedRank([4, 3, 5, 1, 1, 1], true),
  reducedRank([5, 3, 5, 2, 0, 0]),
  reducedRank([5, 4, 5, 4, 0, 0]),
  reducedRank([8, 3, 4, 0, 0, 0]),
  reducedRank([3, 12, 3, 1, 0, 0], true),
  reducedRank([10, 5, 10, 3, 0, 0]),
  reducedRank([10, 5, 10, 3, 1, 1], true),
  reducedRank([10, 10, 10, 5, 0, 0]),
  deep([1, 1, 1, 1], 0),
  deep([2, 2, 2, 2], 0),
  deep([2, 3, 2, 2], 1, true),
  deep([3, 2, 2, 3], 1),
  deep([5, 3, 4, 6], 1),
  deep([4, 4, 4, 4, 4], 0, true),
  deep([6, 6, 6, 6, 6], 3),
  symmetric(2, 2, 0),
  symmetric(2, 2, 1),
  symmetric(4, 3, 1, true),
  symmetric(5, 5, 2),
  symmetric(16, 12, 6),
];
