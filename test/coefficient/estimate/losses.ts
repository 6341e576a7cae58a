import type { Objective } from "../../../src/contracts/objective.ts";

/** An objective of one array w from its loss and gradient. */
export const objectiveOf = (
  size: number,
  loss: (w: Float64Array) => number,
  gradient: (w: Float64Array, out: Float64Array) => void,
): Objective => ({
  parameters: [{ name: "w", shape: [size], offset: 0 }],
  size,
  loss,
  lossAndGradient(w, out) {
    gradient(w, out);
    return loss(w);
  },
});

/** K = sum c_i w_i^(p_i), p_i even. */
export const powers = (exponents: readonly number[], factors: readonly number[] = exponents.map(() => 1)): Objective =>
  objectiveOf(
    exponents.length,
    w => exponents.reduce((sum, p, i) => sum + factors[i] * w[i] ** p, 0),
    (w, out) => {
      exponents.forEach((p, i) => {
        out[i] = factors[i] * p * w[i] ** (p - 1);
      });
    },
  );

/** K = w_1^2 w_2^2. */
export const crossing = objectiveOf(
  2,
  w => w[0] * w[0] * w[1] * w[1],
  (w, out) => {
    out[0] = 2 * w[0] * w[1] * w[1];
    out[1] = 2 * w[0] * w[0] * w[1];
  },
);

/** K = |w|^4 (w_1 - 1)^2: coefficient d/4 at the origin, 1/2 on the plane w_1 = 1. */
export const planeAndPoint = (size: number): Objective => {
  const squareOf = (w: Float64Array) => w.reduce((sum, x) => sum + x * x, 0);
  return objectiveOf(
    size,
    w => squareOf(w) ** 2 * (w[0] - 1) ** 2,
    (w, out) => {
      const square = squareOf(w);
      for (let i = 0; i < size; i++) out[i] = 4 * square * w[i] * (w[0] - 1) ** 2;
      out[0] += 2 * square * square * (w[0] - 1);
    },
  );
};
