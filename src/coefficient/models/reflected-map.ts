import { stream } from "../../numerics/stream.ts";
import { consecutive, type MatrixMap } from "./matrix-map.ts";

/**
 * G_i = s_i (Q w)_i for i < rank: a quadratic with flat directions that lie along no axis. Q = I - 2 u u^T reflects at a
 * random hyperplane; the curvatures 2 s_i^2 run from 2 down to 1/2.
 */
export const reflectedMap = (dimension: number, rank: number): MatrixMap => {
  const u = new Float64Array(dimension);
  stream({ seed: 0, purpose: `reflection ${dimension}` }).normals(u);
  const length = Math.sqrt(u.reduce((sum, value) => sum + value * value, 0));
  for (let i = 0; i < dimension; i++) u[i] /= length;
  const stretch = Float64Array.from({ length: rank }, (_, i) => 1 - (rank > 1 ? (0.5 * i) / (rank - 1) : 0));
  return {
    ...consecutive([["w", dimension]]),
    outputs: 1,
    inputs: rank,
    evaluate(w, matrix) {
      let along = 0;
      for (let i = 0; i < dimension; i++) along += u[i] * w[i];
      for (let i = 0; i < rank; i++) matrix[i] = stretch[i] * (w[i] - 2 * along * u[i]);
    },
    pullBack(_w, slope, gradient) {
      let along = 0;
      gradient.fill(0);
      for (let i = 0; i < rank; i++) {
        gradient[i] = stretch[i] * slope[i];
        along += u[i] * gradient[i];
      }
      for (let i = 0; i < dimension; i++) gradient[i] -= 2 * along * u[i];
    },
  };
};
