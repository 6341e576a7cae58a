import type { Objective } from "../../src/contracts/objective.ts";
import { symmetricEigenvalues } from "../../src/numerics/linear-algebra.ts";

/** Eigenvalues of the Hessian, by central differences of the gradient, beyond this share of the largest count as curved. */
const FLAT = 1e-6;

/** Along how many directions a loss curves at a minimum; throws where one of them curves down or the gradient is not 0. */
export const curvedDirections = ({ size, lossAndGradient }: Objective, w: Float64Array): number => {
  const h = 1e-5;
  const gradientAt = (point: Float64Array): Float64Array => {
    const gradient = new Float64Array(size);
    lossAndGradient(point, gradient);
    return gradient;
  };
  const steepest = Math.max(...gradientAt(w).map(Math.abs));
  if (steepest > 1e-9) throw new Error(`the gradient is ${steepest}: no minimum`);
  const rows = Array.from(w, (_, i) => {
    const [up, down] = [h, -h].map(step => gradientAt(w.map((value, j) => (i === j ? value + step : value))));
    return up.map((value, j) => (value - down[j]) / (2 * h));
  });
  const hessian = Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return (rows[i][j] + rows[j][i]) / 2;
  });
  const values = symmetricEigenvalues(hessian, size);
  const bound = FLAT * values[size - 1];
  if (values[0] < -bound) throw new Error(`curvature ${values[0]}: no minimum`);
  return values.filter(value => value > bound).length;
};
