import { consecutive, type MatrixMap } from "./matrix-map.ts";

/**
 * G = W_L ... W_2 W_1 with W_s of widths[s] x widths[s - 1]: a deep linear network; two matrices are reduced rank
 * regression. With the products P_s = W_s ... W_1 and Q_s = (dL/dG pulled back to P_s),
 * dL/dW_s = Q_s P_(s-1)^T and Q_(s-1) = W_s^T Q_s.
 */
export const matrixProduct = (widths: readonly number[]): MatrixMap => {
  const layers = widths.length - 1;
  const inputs = widths[0];
  const { parameters, size } = consecutive(
    Array.from({ length: layers }, (_, s) => [`W${s + 1}`, widths[s + 1], widths[s]] as const),
  );
  /** products[s] = W_s ... W_1; products[0] stands for the identity. */
  const products = widths.map(width => new Float64Array(width * inputs));
  const backward = widths.map(width => new Float64Array(width * inputs));
  for (let i = 0; i < inputs; i++) products[0][i * inputs + i] = 1;
  return {
    parameters,
    size,
    outputs: widths[layers],
    inputs,
    evaluate(w, matrix) {
      for (let s = 0; s < layers; s++) {
        const [rows, columns, offset] = [widths[s + 1], widths[s], parameters[s].offset];
        const [before, after] = [products[s], products[s + 1]];
        after.fill(0);
        for (let i = 0; i < rows; i++)
          for (let k = 0; k < columns; k++) {
            const weight = w[offset + i * columns + k];
            for (let j = 0; j < inputs; j++) after[i * inputs + j] += weight * before[k * inputs + j];
          }
      }
      matrix.set(products[layers]);
    },
    pullBack(w, slope, gradient) {
      backward[layers].set(slope);
      for (let s = layers - 1; s >= 0; s--) {
        const [rows, columns, offset] = [widths[s + 1], widths[s], parameters[s].offset];
        const [above, below] = [backward[s + 1], backward[s]];
        below.fill(0);
        for (let i = 0; i < rows; i++)
          for (let k = 0; k < columns; k++) {
            const weight = w[offset + i * columns + k];
            let sum = 0;
            for (let j = 0; j < inputs; j++) {
              sum += above[i * inputs + j] * products[s][k * inputs + j];
              below[k * inputs + j] += weight * above[i * inputs + j];
            }
            gradient[offset + i * columns + k] = sum;
          }
      }
    },
  };
};
