import { rotationCoefficient } from "../../coefficient/exact/rotations.ts";
import { integer, matrix, number } from "../../contracts/field.ts";
import { theory } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import { log } from "../../numerics/elementary.ts";
import { symmetricEigen, symmetricEigenvalues } from "../../numerics/linear-algebra.ts";
import { rowsOf, squareMatrix, squareProduct } from "../../numerics/square-matrix.ts";
import { AUGMENTATION, DATA, problemAt, type Rows, type SslProblem, type SslSettings, sslControls } from "./model.ts";

export interface SslMinimum {
  /** Eigenvalues of S^(-1/2) (S - alpha C - gamma) S^(-1/2), S = A + C, largest first, gamma the weight decay. */
  readonly k: readonly number[];
  /** Eigenvalues of W S W^T that go with them. Null where they run away to infinity (k >= 1). */
  readonly p: readonly (number | null)[];
  readonly WtW: Rows | null;
  readonly loss: number | null;
  readonly rank: number;
}

/**
 * Global minimum of the InfoNCE loss with a Gaussian similarity of an encoder z = W x. Direction i has p = 1/x - 1 with
 * x = (-1 + sqrt(9 - 8 k_i)) / 2 where k_i > 0, and is collapsed otherwise. [Ziyin et al., arXiv 2210.00638; exact form derived]
 */
export const sslMinimum = (problem: SslProblem): SslMinimum => {
  const { A, C, alpha, weightDecay, width } = problem;
  const d = A.length;
  if (C.length !== d) throw invalid("C", C, `${d} rows, as A has`);
  const S = squareMatrix(d, (i, j) => A[i][j] + C[i][j]);
  const { values, vectors } = symmetricEigen(S, d);
  if (!(values[0] > 0)) throw invalid("A", A, "A + C positive definite");
  const inverseRoot = squareMatrix(d, (i, j) =>
    values.reduce((sum, value, m) => sum + (vectors[m * d + i] * vectors[m * d + j]) / Math.sqrt(value), 0),
  );
  const B = squareMatrix(d, (i, j) => A[i][j] + C[i][j] - alpha * C[i][j] - (i === j ? weightDecay : 0));
  const K = squareProduct(d, squareProduct(d, inverseRoot, B), inverseRoot);
  const eigen = symmetricEigen(K, d);
  const k = [...eigen.values].reverse();
  const vectorOf = (i: number) => eigen.vectors.subarray((d - 1 - i) * d, (d - i) * d);
  const p = k.map((value, i) => {
    if (i >= width || !(value > 0)) return 0;
    return value < 1 ? 1 / ((-1 + Math.sqrt(9 - 8 * value)) / 2) - 1 : null;
  });
  const rank = p.filter(value => value !== 0).length;
  if (p.includes(null)) return { k, p, WtW: null, loss: null, rank };
  const strengths = p as readonly number[];
  const inner = squareMatrix(d, (i, j) =>
    strengths.reduce((sum, each, at) => sum + each * vectorOf(at)[i] * vectorOf(at)[j], 0),
  );
  const WtW = squareProduct(d, squareProduct(d, inverseRoot, inner), inverseRoot);
  const loss = strengths.reduce(
    (sum, each, i) => sum + each * (1 - k[i]) - 0.5 * log(1 + each) - each / (2 * (1 + each)),
    0,
  );
  return { k, p, WtW: rowsOf(d, WtW), loss, rank };
};

/** Eigenvalues of A - (alpha - 1) C - weightDecay, ascending: directions survive where they are positive. */
export const directions = ({ A, C, alpha, weightDecay }: SslProblem): Float64Array =>
  symmetricEigenvalues(
    squareMatrix(A.length, (i, j) => A[i][j] - (alpha - 1) * C[i][j] - (i === j ? weightDecay : 0)),
    A.length,
  );

/** Number of positive ones, which by Sylvester's law is the rank, capped by the width. */
export const survivingDirections = (problem: SslProblem): number =>
  Math.min(problem.width, directions(problem).filter(value => value > 0).length);

/** Values of each control at which a direction collapses: a_i = (alpha - 1) c_i + weightDecay. */
export const collapses = ({ alpha, weightDecay, augmentation, width }: SslSettings) => {
  // An encoder that is narrower than the data gives up what it never had first.
  const last = (values: readonly number[]): number[] =>
    values
      .filter(value => value >= 0 && Number.isFinite(value))
      .sort((a, b) => b - a)
      .slice(0, width);
  return {
    augmentation: last(DATA.map((a, i) => (a - weightDecay) / ((alpha - 1) * AUGMENTATION[i]))),
    weightDecay: last(DATA.map((a, i) => a - (alpha - 1) * augmentation * AUGMENTATION[i])),
    alpha: last(DATA.map((a, i) => 1 + (a - weightDecay) / (augmentation * AUGMENTATION[i]))),
  };
};

/** An eigenvalue as small as this is zero but for rounding. */
const COLLAPSING = 1e-9;

/**
 * Learning coefficient of a minimum of rank r: half of the directions in which the loss curves. The loss knows W^T W alone, so that rotations of the
 * output move W in r width - r (r + 1) / 2 directions without cost. Null where a direction is just collapsing, or the loss has no minimum.
 */
export const sslCoefficient = (problem: SslProblem): number | null => {
  const { k, rank, loss } = sslMinimum(problem);
  const { width } = problem;
  if (loss === null || k.slice(0, width).some(value => Math.abs(value) < COLLAPSING)) return null;
  return rotationCoefficient(width * k.length, width, rank);
};

export const linearSslTheory = {
  minimum: theory({
    summary: "global minimum of the contrastive loss: eigenvalues, encoder, loss and rank",
    where: "InfoNCE with Gaussian similarity, exact for Gaussian data",
    inputs: sslControls,
    evaluate: at => sslMinimum(problemAt(at)),
  }),
  ssl: theory({
    summary: "the same for any covariances of data and augmentation",
    where: "InfoNCE with Gaussian similarity, exact for Gaussian data",
    inputs: {
      A: matrix("covariance of the data", { square: true }),
      C: matrix("covariance of the augmentation", { square: true }),
      alpha: number("weight of the alignment"),
      gamma: number("weight decay"),
      rank: integer("output dimensions", { min: 1 }),
    },
    evaluate: ({ A, C, alpha, gamma, rank }) => sslMinimum({ A, C, alpha, weightDecay: gamma, width: rank }),
  }),
};
