import type { Objective } from "../../contracts/objective.ts";
import type { Moments } from "../data/weighted.ts";
import { layoutOf } from "./layout.ts";
import { addPenalty, type Decays } from "./penalty.ts";

/** A network by what its loss sees of it; lists run from the first hidden layer to the last. */
export interface NoisyShape extends Decays {
  readonly widths: readonly number[];
  /** Variance of the multiplicative noise of each hidden layer. */
  readonly sigma2: readonly number[];
}

/**
 * Exact expectation over data and multiplicative noise of the loss of f(x) = U^T E_D W_D ... E_1 W_1 x, with its gradient:
 *
 *     M_0 = A0, M_l = W_l M_(l-1) W_l^T + sigma2_l diag(.), r_0 = n, r_l = W_l r_(l-1)
 *     L = U^T M_D U - 2 U . r_D + Ey2 + gamma_u |U|^2 + sum_l gamma_l |W_l|^2
 *
 * Costs of order d^3 a layer; without noise `linearObjective` is cheaper. [Ziyin, Li and Meng, arXiv 2202.04777, eq. 1]
 */
export const noisyLinearObjective = ({ A0, n, Ey2 }: Moments, shape: NoisyShape): Objective => {
  const { widths, sigma2 } = shape;
  const layout = layoutOf(n.length, widths);
  const { sizes, offsets, size, parameters } = layout;
  const D = widths.length;
  const moments = sizes.map(d => new Float64Array(d * d));
  const means = sizes.map(d => new Float64Array(d));
  const half = sizes.map((d, l) => new Float64Array(d * (sizes[l - 1] ?? 0)));
  moments[0].set(A0.flat());
  means[0].set(n);
  const largest = Math.max(...sizes);
  let outer = new Float64Array(largest * largest);
  let inner = new Float64Array(largest * largest);
  const parts = new Float64Array(largest * largest);
  let pull = new Float64Array(largest);
  let below = new Float64Array(largest);
  const scratch = new Float64Array(size);

  const forward = (w: Float64Array): number => {
    for (let l = 1; l <= D; l++) {
      const [rows, columns, at] = [sizes[l], sizes[l - 1], offsets[l - 1]];
      const [before, after, product] = [moments[l - 1], moments[l], half[l]];
      for (let i = 0; i < rows; i++) {
        let mean = 0;
        for (let j = 0; j < columns; j++) {
          let sum = 0;
          for (let k = 0; k < columns; k++) sum += w[at + i * columns + k] * before[k * columns + j];
          product[i * columns + j] = sum;
          mean += w[at + i * columns + j] * means[l - 1][j];
        }
        means[l][i] = mean;
      }
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < rows; j++) {
          let sum = 0;
          for (let k = 0; k < columns; k++) sum += product[i * columns + k] * w[at + j * columns + k];
          after[i * rows + j] = i === j ? sum * (1 + sigma2[l - 1]) : sum;
        }
    }
    const [d, at] = [sizes[D], offsets[D]];
    let [square, gain] = [0, 0];
    for (let i = 0; i < d; i++) {
      gain += w[at + i] * means[D][i];
      for (let j = 0; j < d; j++) square += w[at + i] * moments[D][i * d + j] * w[at + j];
    }
    return square - 2 * gain + Ey2;
  };

  const lossAndGradient = (w: Float64Array, gradient: Float64Array): number => {
    const data = forward(w);
    const [last, atU] = [sizes[D], offsets[D]];
    for (let i = 0; i < last; i++) {
      let sum = -means[D][i];
      for (let j = 0; j < last; j++) {
        sum += moments[D][i * last + j] * w[atU + j];
        outer[i * last + j] = w[atU + i] * w[atU + j];
      }
      gradient[atU + i] = 2 * sum;
      pull[i] = -2 * w[atU + i];
    }
    for (let l = D; l >= 1; l--) {
      const [rows, columns, at] = [sizes[l], sizes[l - 1], offsets[l - 1]];
      for (let i = 0; i < rows; i++) outer[i * rows + i] *= 1 + sigma2[l - 1];
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) {
          let sum = 0;
          for (let k = 0; k < rows; k++) sum += outer[i * rows + k] * half[l][k * columns + j];
          gradient[at + i * columns + j] = 2 * sum + pull[i] * means[l - 1][j];
        }
      // The first layer has none below.
      if (l === 1) break;
      for (let j = 0; j < columns; j++) {
        let down = 0;
        for (let i = 0; i < rows; i++) down += w[at + i * columns + j] * pull[i];
        below[j] = down;
      }
      for (let i = 0; i < rows; i++)
        for (let m = 0; m < columns; m++) {
          let part = 0;
          for (let k = 0; k < rows; k++) part += outer[i * rows + k] * w[at + k * columns + m];
          parts[i * columns + m] = part;
        }
      for (let j = 0; j < columns; j++)
        for (let m = 0; m < columns; m++) {
          let sum = 0;
          for (let i = 0; i < rows; i++) sum += w[at + i * columns + j] * parts[i * columns + m];
          inner[j * columns + m] = sum;
        }
      [outer, inner] = [inner, outer];
      [pull, below] = [below, pull];
    }
    return data + addPenalty(layout, shape, w, gradient);
  };

  return { parameters, size, loss: w => lossAndGradient(w, scratch), lossAndGradient };
};
