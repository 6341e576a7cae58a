import type { Objective } from "../../../contracts/objective.ts";
import { invalid } from "../../../errors.ts";
import { assembleHessian, assembleHessianDiagonal, gradientOfColumns } from "./assembly.ts";
import { checkDimensions, type Dimensions, parameterArrays } from "./layout.ts";
import { diagonal, diagonalBranch, offDiagonal, offDiagonalBranch } from "./pieces.ts";

export interface PopulationSettings extends Dimensions {
  /** Factor of each output's squared error, length c. All 1 when absent, the model of the source. */
  readonly outputWeights?: readonly number[];
}

export interface PopulationObjective extends Objective {
  hessian(w: Float64Array, hessian: Float64Array): void;
  /** Overwrites `diagonal` (length `size`) with the diagonal of the Hessian. */
  hessianDiagonal(w: Float64Array, diagonal: Float64Array): void;
  /** The sorted distinct branches that the pairs of features are in at `w`. */
  branches(w: Float64Array): string[];
}

/**
 * Population loss L(w) = H / (3c), H = sum_i I_i [d(A_ii, b_i) + sum_{j != i} g(A_ij, b_i)] with A_ij = W_i . W_j: the
 * unhalved sum over outputs of squared errors, averaged over the data (arXiv 2310.06301, Lemma 3.1). No evaluation
 * allocates. Not twice differentiable where A_ij = b_i = 0 (every 4-gon) and where an output dies, A_ii + b_i = 0.
 */
export const populationObjective = ({ c, r, outputWeights }: PopulationSettings): PopulationObjective => {
  checkDimensions(c, r);
  const factors = Float64Array.from(outputWeights ?? new Array(c).fill(1));
  if (factors.length !== c || !factors.every(Number.isFinite))
    throw invalid("outputWeights", outputWeights, `${c} finite numbers, one for each output`);
  const size = r * c + c;
  const scale = 1 / (3 * c);
  const piece = new Float64Array(6);
  const matrix = () => new Float64Array(c * c);
  const pairs = { a: matrix(), aa: matrix(), ab: matrix(), bb: matrix() };

  /** Visits all pairs: fills `pairs` and the bias part of `gradient`, returns the loss. */
  const visit = (w: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    for (let i = 0; i < c; i++) {
      const b = w[r * c + i];
      const factor = factors[i] * scale;
      let value = 0;
      let slope = 0;
      for (let j = 0; j < c; j++) {
        let a = 0;
        for (let at = 0; at < r * c; at += c) a += w[at + i] * w[at + j];
        if (i === j) diagonal(a, b, piece);
        else offDiagonal(a, b, piece);
        const index = i * c + j;
        value += piece[0];
        slope += piece[2];
        pairs.a[index] = factor * piece[1];
        pairs.aa[index] = factor * piece[3];
        pairs.ab[index] = factor * piece[4];
        pairs.bb[index] = factor * piece[5];
      }
      loss += factor * value;
      gradient[r * c + i] = factor * slope;
    }
    return loss;
  };

  const unused = new Float64Array(size);
  return {
    parameters: parameterArrays({ c, r }),
    size,
    loss: w => visit(w, unused),
    lossAndGradient(w, gradient) {
      const loss = visit(w, gradient);
      gradientOfColumns(w, pairs.a, { c, r }, gradient);
      return loss;
    },
    hessian(w, hessian) {
      visit(w, unused);
      assembleHessian(w, pairs, { c, r }, hessian);
    },
    hessianDiagonal(w, out) {
      visit(w, unused);
      assembleHessianDiagonal(w, pairs, { c, r }, out);
    },
    branches(w) {
      const met = new Set<string>();
      for (let i = 0; i < c; i++)
        for (let j = 0; j < c; j++) {
          let a = 0;
          for (let at = 0; at < r * c; at += c) a += w[at + i] * w[at + j];
          met.add(i === j ? diagonalBranch(a, w[r * c + i]) : offDiagonalBranch(a, w[r * c + i]));
        }
      return [...met].sort();
    },
  };
};
