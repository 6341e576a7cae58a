import { consecutive, type MatrixMap } from "./matrix-map.ts";

/** G = (w_1 - 1) |w|^4, a single number: zero on a hyperplane and, more deeply, at the origin. */
export const lineDotMap = (dimension: number): MatrixMap => ({
  ...consecutive([["w", dimension]]),
  outputs: 1,
  inputs: 1,
  evaluate(w, matrix) {
    const square = squareOf(w);
    matrix[0] = (w[0] - 1) * square * square;
  },
  pullBack(w, slope, gradient) {
    const square = squareOf(w);
    for (let i = 0; i < dimension; i++) gradient[i] = 4 * slope[0] * (w[0] - 1) * square * w[i];
    gradient[0] += slope[0] * square * square;
  },
});

const squareOf = (w: Float64Array): number => {
  let square = 0;
  for (let i = 0; i < w.length; i++) square += w[i] * w[i];
  return square;
};
