import type { Objective } from "../../contracts/objective.ts";
import { log } from "../../numerics/elementary.ts";
import { symmetricEigen } from "../../numerics/linear-algebra.ts";
import type { SslProblem } from "./theory.ts";

/**
 * InfoNCE of z = W x with Gaussian similarity and infinitely many negatives, in closed form for Gaussian data and augmentations:
 *
 *     L = alpha tr(W C W^T) - (1/2) ln det(1 + M) - (1/2) tr(M (1 + M)^-1) + gamma |W|^2,   M = W (A + C) W^T
 *
 * W has `width` rows. The gradient in M is -(1/2) [(1 + M)^-1 + (1 + M)^-2].
 */
export const sslObjective = ({ A, C, alpha, gamma, width }: SslProblem): Objective => {
  const d = A.length;
  const size = width * d;
  const WC = new Float64Array(size);
  const WS = new Float64Array(size);
  const M = new Float64Array(width * width);
  const scratch = new Float64Array(size);
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
        loss += w[i * d + j] * (alpha * c + gamma * w[i * d + j]);
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
        gradient[i * d + j] = 2 * (alpha * WC[i * d + j] + gamma * w[i * d + j] + pull);
      }
    return loss;
  };
  return {
    parameters: [{ name: "W", shape: [width, d], offset: 0 }],
    size,
    loss: w => lossAndGradient(w, scratch),
    lossAndGradient,
  };
};
