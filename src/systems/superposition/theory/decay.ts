import { checkDimensions, type Dimensions } from "../model/layout.ts";

/**
 * Small columns under the decay (mu/2) |W|^2. Where all outputs answer, a_ij + b_i >= 0, the population loss is a polynomial:
 *
 *     3c L = sum_ij A_ij^2 - 2 tr A + 3 sum_ij A_ij b_i + c + 3c |b|^2 - 3 sum_i b_i
 *
 * With columns that sum to zero the third term vanishes, so that b_i = 1/(2c), and what is left is |S|^2 - 2 tr S + c - 3/4 with the
 * r x r matrix S = W W^T. The decay adds (3c mu/2) tr S: the minimum is S = (1 - mu/mu_c) I with mu_c = 4/(3c), whatever tight frame
 * the columns make, and above mu_c they are zero. The transition is continuous, as of a linear autoencoder. Of a answering outputs the
 * columns span a - 1 dimensions at most.
 *
 * All of this holds while no such frame silences an output, A_ij >= -1/(2c) for all i, j. W^T W is (1 - mu/mu_c) P with a projection P on r of the
 * c - 1 dimensions orthogonal to (1, ..., 1): its least entry is -1/2, at two opposed columns that are alone in their direction, and -1/c at r = c - 1,
 * where there is only the simplex. Below the decay at which this one touches -1/(2c), silencing it lowers the loss.
 */
export interface SmallColumns {
  /** Decay mu_c from which all columns are zero. */
  readonly critical: number;
  /** Decay from which on the rest holds, (1 - 1/c) mu_c, and mu_c / 2 at r = c - 1. */
  readonly least: number;
  /** |W|^2 = r (1 - mu/mu_c), zero from mu_c on. */
  readonly squaredNorm: number;
  /** Loss without the decay. */
  readonly loss: number;
}

export const smallColumns = ({ c, r }: Dimensions, weightDecay: number): SmallColumns => {
  checkDimensions(c, r);
  const critical = 4 / (3 * c);
  const least = critical * (r === c - 1 ? 1 / 2 : 1 - 1 / c);
  const scale = Math.max(0, 1 - weightDecay / critical);
  return {
    critical,
    least,
    squaredNorm: r * scale,
    loss: (r * scale * scale - 2 * r * scale + c - 0.75) / (3 * c),
  };
};
