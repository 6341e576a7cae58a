import type { Dataset } from "./dataset.ts";
import { checkDimensions, type Dimensions, fromFlat } from "./layout.ts";

/**
 * The plain way, for reference: f(x, w) = ReLU(W^T W x + b) written out (arXiv 2310.06301, eq. 1) and every sample
 * visited. Slow; the other files of this folder are compared with it.
 */
export interface DenseNetwork {
  /**
   * Returns weight |x - f(x, w)|^2 for an input x with c entries, and adds its gradient to `gradient` (flat). At a kink
   * an output counts as silent: it answers only when its preactivation is positive.
   */
  add(x: ArrayLike<number>, weight: number, gradient: Float64Array): number;
}

export const denseNetwork = (w: Float64Array, { c, r }: Dimensions): DenseNetwork => {
  const { W, b } = fromFlat(w, { c, r });
  const overlaps = b.map((_, i) => b.map((_, j) => W.reduce((sum, row) => sum + row[i] * row[j], 0)));
  const delta = new Float64Array(c);
  return {
    add(x, weight, gradient) {
      let loss = 0;
      for (let i = 0; i < c; i++) {
        let z = 0;
        for (let j = 0; j < c; j++) z += overlaps[i][j] * x[j];
        z += b[i];
        const output = Math.max(z, 0);
        loss += (x[i] - output) * (x[i] - output);
        delta[i] = z > 0 ? 2 * weight * (output - x[i]) : 0;
      }
      // Back through b, then W^T h with h = W x, then h itself.
      for (let i = 0; i < c; i++) gradient[r * c + i] += delta[i];
      for (let row = 0; row < r; row++) {
        let hidden = 0;
        let back = 0;
        for (let i = 0; i < c; i++) {
          hidden += W[row][i] * x[i];
          back += W[row][i] * delta[i];
        }
        for (let i = 0; i < c; i++) gradient[row * c + i] += hidden * delta[i] + back * x[i];
      }
      return weight * loss;
    },
  };
};

/**
 * (1/n) sum_m |x_m - f(x_m, w)|^2 over the samples with the given 0-based numbers (all of them when absent), by one pass
 * over them; overwrites `gradient`.
 */
export const denseLossAndGradient = (
  { c, feature, amplitude }: Dataset,
  r: number,
  w: Float64Array,
  gradient: Float64Array,
  samples: ArrayLike<number> = Int32Array.from(feature, (_, m) => m),
): number => {
  checkDimensions(c, r);
  const network = denseNetwork(w, { c, r });
  const x = new Float64Array(c);
  gradient.fill(0);
  let loss = 0;
  for (let k = 0; k < samples.length; k++) {
    const m = samples[k];
    x.fill(0);
    x[feature[m]] = amplitude[m];
    loss += network.add(x, 1, gradient);
  }
  for (let i = 0; i < gradient.length; i++) gradient[i] /= samples.length;
  return loss / samples.length;
};
