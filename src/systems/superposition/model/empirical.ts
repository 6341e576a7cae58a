import type { SampledObjective } from "../../../contracts/objective.ts";
import { amplitudeTable } from "./amplitude-table.ts";
import { assembleHessian, assembleHessianDiagonal, pairDerivatives } from "./assembly.ts";
import { checkDataset, type Dataset } from "./dataset.ts";
import { evaluation } from "./evaluation.ts";
import { checkDimensions, parameterArrays, sizeOf } from "./layout.ts";
import { batchLossAndGradient, batchSteps } from "./minibatch.ts";

export interface EmpiricalObjective extends SampledObjective {
  hessian(w: Float64Array, hessian: Float64Array): void;
  /** Overwrites `out` (length `size`) with the diagonal of the Hessian. */
  hessianDiagonal(w: Float64Array, out: Float64Array): void;
}

/**
 * Empirical loss L_n(w) = (1/n) sum_m |x_m - ReLU(W^T W x_m + b)|^2, the unhalved sum over outputs (arXiv 2310.06301,
 * eq. 1), exactly, in a time that does not grow with n. A sample (t, j) enters output i through a t + b alone, a = A_ij
 * and b = b_i, so the pair (i, j) needs the samples of feature j on one side of t = -b/a: with S_q the sum of t^q over
 * those with a t + b > 0, and e = a - 1 for i = j, e = a otherwise,
 *
 *     n L_n = sum_ij [e^2 S2 + 2 e b S1 + b^2 S0] + sum_i [sum of t^2 over the other samples of feature i]
 *     dL_n/dA_ij = (2/n) (e S2 + b S1),   dL_n/db_i = sum_j (2/n) (e S1 + b S0).
 *
 * O(c^2 (r + 1)) an evaluation after O(n log n) once; no evaluation allocates. The loss is piecewise quadratic in (A, b);
 * its gradient jumps where an output's own sample crosses its threshold, and its second derivatives are those of the
 * piece. Sample numbers are those of the dataset, whose arrays are copied. A parameter that is not a number makes the
 * loss NaN.
 *
 * Throws a LandauError when the dataset is not well-formed or r < c does not hold.
 */
export const empiricalObjective = (dataset: Dataset, r: number): EmpiricalObjective => {
  checkDataset(dataset);
  const { c } = dataset;
  checkDimensions(c, r);
  const own: Dataset = { c, feature: dataset.feature.slice(), amplitude: dataset.amplitude.slice() };
  const n = own.feature.length;
  const dimensions = { c, r };
  const size = sizeOf(dimensions);
  const bias = r * c;
  const scale = 2 / n;
  const { overlap, sums, evaluate, evaluateAll } = evaluation(amplitudeTable(own), dimensions, n);
  const pairs = pairDerivatives(c);
  const unused = new Float64Array(size);

  const fillPairs = (w: Float64Array): void => {
    evaluateAll(w, unused);
    for (let pair = 0; pair < c * c; pair++) {
      const i = Math.floor(pair / c);
      const j = pair % c;
      const [s0, s1, s2] = [sums[3 * pair], sums[3 * pair + 1], sums[3 * pair + 2]];
      const e = i === j ? overlap(i, j) - 1 : overlap(i, j);
      pairs.a[pair] = scale * (e * s2 + w[bias + i] * s1);
      pairs.aa[pair] = scale * s2;
      pairs.ab[pair] = scale * s1;
      pairs.bb[pair] = scale * s0;
    }
  };

  return {
    parameters: parameterArrays(dimensions),
    size,
    samples: n,
    closedForm: true,
    loss: w => evaluate(w, unused),
    lossAndGradient: evaluate,
    batchLossAndGradient: batchLossAndGradient(own, dimensions),
    batchSteps: batchSteps(own, dimensions),
    hessian(w, hessian) {
      fillPairs(w);
      assembleHessian(w, pairs, dimensions, hessian);
    },
    hessianDiagonal(w, out) {
      fillPairs(w);
      assembleHessianDiagonal(w, pairs, dimensions, out);
    },
  };
};
