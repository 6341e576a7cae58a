import { type Controls, integer, number, type ValuesOf } from "../../contracts/field.ts";
import { type Objective, objectiveOf } from "../../contracts/objective.ts";
import type { Address } from "../../contracts/protocol.ts";
import { log } from "../../numerics/elementary.ts";
import { gramSpectrum } from "../../numerics/gram.ts";
import { symmetricEigen } from "../../numerics/linear-algebra.ts";
import { normalStart } from "../../numerics/normal-start.ts";

export const sslControls = {
  alpha: number("weight of the alignment", { default: 1.5, min: 0, max: 100 }),
  weightDecay: number("weight decay", { default: 0.02, min: 0, max: 100, formerly: ["gamma"] }),
  augmentation: number("strength of the augmentation", { default: 1, min: 0, max: 100 }),
  width: integer("output dimensions", { default: 3, min: 1, max: 8 }),
} as const satisfies Controls;

export type SslSettings = ValuesOf<typeof sslControls>;

export type Rows = readonly (readonly number[])[];

export interface SslProblem {
  /** Covariances of the data and of the augmentation. */
  readonly A: Rows;
  readonly C: Rows;
  /** Weight of the alignment of the two views. */
  readonly alpha: number;
  readonly weightDecay: number;
  /** Output dimensions. */
  readonly width: number;
}

/** Variances of the data, and strengths of the augmentation, of three directions. */
export const DATA = [1.2, 0.7, 0.3] as const;
export const AUGMENTATION = [0.3, 0.4, 0.2] as const;

const diagonal = (entries: readonly number[]) => entries.map((a, i) => entries.map((_, j) => (i === j ? a : 0)));

export const problemAt = ({ augmentation, ...rest }: SslSettings): SslProblem => ({
  A: diagonal(DATA),
  C: diagonal(AUGMENTATION.map(c => augmentation * c)),
  ...rest,
});

/** An encoder to begin with: W of `size` entries, each of standard deviation 1/2. */
export const encoderStart = (size: number, address: Address): Float64Array => normalStart(size, 0.5, address);

/** Eigenvalues of W^T W above this count as directions that are alive. */
const ALIVE = 1e-3;

/** Eigenvalues of W^T W, largest first, and its rank. */
export const encoderState = (w: Float64Array, d: number) => {
  const columns = Array.from({ length: d }, (_, i) => w.filter((__, at) => at % d === i));
  const spectrum = gramSpectrum(columns);
  return { spectrum, rank: spectrum.filter(value => value > ALIVE).length };
};

/**
 * InfoNCE of z = W x with Gaussian similarity and infinitely many negatives, in closed form for Gaussian data and augmentations:
 *
 *     L = alpha tr(W C W^T) - (1/2) ln det(1 + M) - (1/2) tr(M (1 + M)^-1) + weightDecay |W|^2,   M = W (A + C) W^T
 *
 * W has `width` rows. The gradient in M is -(1/2) [(1 + M)^-1 + (1 + M)^-2].
 */
export const sslObjective = ({ A, C, alpha, weightDecay, width }: SslProblem): Objective => {
  const d = A.length;
  const size = width * d;
  const WC = new Float64Array(size);
  const WS = new Float64Array(size);
  const M = new Float64Array(width * width);
  const lossAndGradient = (w: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    for (let i = 0; i < width; i++)
      for (let j = 0; j < d; j++) {
        let [c, s] = [0, 0];
        for (let k = 0; k < d; k++) {
          c += w[i * d + k] * C[k][j];
          s += w[i * d + k] * (A[k][j] + C[k][j]);
        }
        WC[i * d + j] = c;
        WS[i * d + j] = s;
        loss += w[i * d + j] * (alpha * c + weightDecay * w[i * d + j]);
      }
    for (let i = 0; i < width; i++)
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0; k < d; k++) sum += WS[i * d + k] * w[j * d + k];
        M[i * width + j] = sum;
        M[j * width + i] = sum;
      }
    const { values, vectors } = symmetricEigen(M, width);
    for (const m of values) loss -= 0.5 * (log(1 + m) + m / (1 + m));
    for (let i = 0; i < width; i++)
      for (let j = 0; j < d; j++) {
        let pull = 0;
        for (let l = 0; l < width; l++) {
          const inverse = 1 / (1 + values[l]);
          let along = 0;
          for (let k = 0; k < width; k++) along += vectors[l * width + k] * WS[k * d + j];
          pull -= 0.5 * (inverse + inverse * inverse) * vectors[l * width + i] * along;
        }
        gradient[i * d + j] = 2 * (alpha * WC[i * d + j] + weightDecay * w[i * d + j] + pull);
      }
    return loss;
  };
  return objectiveOf({ W: [width, d] }, lossAndGradient);
};
