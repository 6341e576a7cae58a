import type { Objective } from "../../../contracts/objective.ts";
import { invalid } from "../../../errors.ts";
import { assembleHessian, assembleHessianDiagonal, gradientByColumns, overlaps, pairDerivatives } from "./assembly.ts";
import { checkDimensions, type Dimensions, parameterArrays, sizeOf } from "./layout.ts";
import {
  diagonal,
  diagonalBranch,
  diagonalSlopes,
  offDiagonal,
  offDiagonalBranch,
  offDiagonalSlopes,
} from "./pieces.ts";
import { planarSlopes } from "./planar.ts";

export interface PopulationSettings extends Dimensions {
  /** What each output's squared error counts, length c. All 1 when absent: the model of the source. */
  readonly outputWeights?: readonly number[];
}

export interface PopulationObjective extends Objective {
  hessian(w: Float64Array, hessian: Float64Array): void;
  /** Overwrites `out` (length `size`) with the diagonal of the Hessian. */
  hessianDiagonal(w: Float64Array, out: Float64Array): void;
  /** The branches that pairs of features are on at w, sorted, each once. */
  branches(w: Float64Array): string[];
}

/**
 * Population loss L(w) = H / (3c), H = sum_i I_i [d(A_ii, b_i) + sum_{j != i} g(A_ij, b_i)] with A_ij = W_i . W_j and
 * output weights I_i: the expected sum over outputs of squared errors, not halved (arXiv 2310.06301, Lemma 3.1). Nothing
 * but `branches` allocates. Second derivatives do not exist where A_ij = b_i = 0 (at every 4-gon) or A_ii + b_i = 0.
 *
 * Throws a LandauError for dimensions without r < c and for output weights of a wrong number or not finite.
 */
export const populationObjective = ({ c, r, outputWeights }: PopulationSettings): PopulationObjective => {
  checkDimensions(c, r);
  const scales = new Float64Array(c).fill(1);
  if (outputWeights) {
    if (outputWeights.length !== c || !outputWeights.every(Number.isFinite))
      throw invalid("outputWeights", outputWeights, `${c} finite numbers, one for each output`);
    scales.set(outputWeights);
  }
  for (let i = 0; i < c; i++) scales[i] /= 3 * c;

  const dimensions = { c, r };
  const size = sizeOf(dimensions);
  const bias = r * c;
  const piece = new Float64Array(6);
  const unused = new Float64Array(size);
  const a = new Float64Array(c * c);
  const slopes = new Float64Array(c * c);
  const pairs = pairDerivatives(c);

  const inSpace = (w: Float64Array, gradient: Float64Array): number => {
    overlaps(w, dimensions, a);
    let loss = 0;
    for (let i = 0; i < c; i++) {
      const b = w[bias + i];
      const scale = scales[i];
      let value = 0;
      let slope = 0;
      for (let j = 0; j < c; j++) {
        const at = i * c + j;
        if (i === j) diagonalSlopes(a[at], b, piece);
        else offDiagonalSlopes(a[at], b, piece);
        value += piece[0];
        slopes[at] = scale * piece[1];
        slope += piece[2];
      }
      loss += scale * value;
      gradient[bias + i] = scale * slope;
    }
    gradientByColumns(w, slopes, dimensions, gradient);
    return loss;
  };
  const lossAndGradient = r === 2 ? planarSlopes(scales) : inSpace;

  const fillPairs = (w: Float64Array): void => {
    overlaps(w, dimensions, a);
    for (let i = 0; i < c; i++) {
      const scale = scales[i];
      for (let j = 0; j < c; j++) {
        const at = i * c + j;
        (i === j ? diagonal : offDiagonal)(a[at], w[bias + i], piece);
        pairs.a[at] = scale * piece[1];
        pairs.aa[at] = scale * piece[3];
        pairs.ab[at] = scale * piece[4];
        pairs.bb[at] = scale * piece[5];
      }
    }
  };

  return {
    parameters: parameterArrays(dimensions),
    size,
    loss: w => lossAndGradient(w, unused),
    lossAndGradient,
    hessian(w, hessian) {
      fillPairs(w);
      assembleHessian(w, pairs, dimensions, hessian);
    },
    hessianDiagonal(w, out) {
      fillPairs(w);
      assembleHessianDiagonal(w, pairs, dimensions, out);
    },
    branches(w) {
      overlaps(w, dimensions, a);
      const met = new Set<string>();
      for (let i = 0; i < c; i++)
        for (let j = 0; j < c; j++) met.add((i === j ? diagonalBranch : offDiagonalBranch)(a[i * c + j], w[bias + i]));
      return [...met].sort();
    },
  };
};
