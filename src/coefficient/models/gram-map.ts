import { consecutive, type MatrixMap } from "./matrix-map.ts";

/** G = U U^T with U of n x k: symmetric factorisation. dL/dU = (D + D^T) U, D = dL/dG. */
export const gramMap = (n: number, k: number): MatrixMap => ({
  ...consecutive([["U", n, k]]),
  outputs: n,
  inputs: n,
  evaluate(w, matrix) {
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let a = 0; a < k; a++) sum += w[i * k + a] * w[j * k + a];
        matrix[i * n + j] = sum;
      }
  },
  pullBack(w, slope, gradient) {
    gradient.fill(0);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const both = slope[i * n + j] + slope[j * n + i];
        for (let a = 0; a < k; a++) gradient[i * k + a] += both * w[j * k + a];
      }
  },
});
