import type { Stream } from "../numerics/stream.ts";
import type { Potential } from "./target.ts";

/**
 * The largest curvature |v^T H v| of U at w over unit vectors v, by power iteration on differences of gradients, good to a few
 * percent: what bounds the steps of every explicit scheme. Takes 2 `iterations` gradients. NaN or infinite when the gradients are.
 */
export const largestCurvature = (potential: Potential, w: Float64Array, random: Stream, iterations = 30): number => {
  const n = potential.size;
  const v = new Float64Array(n);
  const shifted = new Float64Array(n);
  const [above, below] = [new Float64Array(n), new Float64Array(n)];
  random.normals(v);
  normalise(v);
  // Balances the rounding of the gradients against the third derivative.
  const distance = 6e-6 * (1 + Math.sqrt(squares(w)));
  let curvature = 0;
  for (let k = 0; k < iterations; k++) {
    for (let i = 0; i < n; i++) shifted[i] = w[i] + distance * v[i];
    potential.valueAndGradient(shifted, above);
    for (let i = 0; i < n; i++) shifted[i] = w[i] - distance * v[i];
    potential.valueAndGradient(shifted, below);
    for (let i = 0; i < n; i++) v[i] = (above[i] - below[i]) / (2 * distance);
    curvature = Math.sqrt(squares(v));
    if (!(curvature > 0 && curvature < Infinity)) return curvature;
    normalise(v);
  }
  return curvature;
};

const squares = (v: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += v[i] * v[i];
  return sum;
};

const normalise = (v: Float64Array): void => {
  const length = Math.sqrt(squares(v));
  for (let i = 0; i < v.length; i++) v[i] /= length;
};
