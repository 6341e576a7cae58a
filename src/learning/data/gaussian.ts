import { symmetricEigen } from "../../numerics/linear-algebra.ts";
import { normalRule } from "../../numerics/normal-mean.ts";
import { stream } from "../../numerics/stream.ts";
import type { WeightedData } from "./weighted.ts";

/** Enough for polynomials times smooth nonlinearities. */
const line = normalRule(8, 6, 6);

/**
 * Gaussian inputs of variance 1: quadrature nodes for one dimension; for more, `samples` pairs x, -x whitened so that E[x x^T] = 1 exactly.
 * y = strength (x_1 + skew (x_1^2 - 1) + cubic (x_1^3 - 3 x_1)).
 */
export const gaussianData = ({
  dx,
  samples,
  strength,
  skew,
  cubic,
  seed,
}: {
  readonly dx: number;
  readonly samples: number;
  readonly strength: number;
  readonly skew: number;
  readonly cubic: number;
  readonly seed: number;
}): WeightedData => {
  const x = dx === 1 ? Float64Array.from(line.nodes) : whitened(dx, samples, seed);
  const count = x.length / dx;
  return {
    dx,
    x,
    y: Float64Array.from({ length: count }, (_, i) => {
      const first = x[i * dx];
      return strength * (first + skew * (first * first - 1) + cubic * (first * first * first - 3 * first));
    }),
    weight: dx === 1 ? Float64Array.from(line.weights) : new Float64Array(count).fill(1 / count),
  };
};

const whitened = (dx: number, pairs: number, seed: number): Float64Array => {
  const raw = new Float64Array(pairs * dx);
  stream({ seed, purpose: "inputs" }).normals(raw);
  const covariance = new Float64Array(dx * dx);
  for (let s = 0; s < pairs; s++)
    for (let i = 0; i < dx; i++)
      for (let j = 0; j < dx; j++) covariance[i * dx + j] += (raw[s * dx + i] * raw[s * dx + j]) / pairs;
  const { values, vectors } = symmetricEigen(covariance, dx);
  const x = new Float64Array(2 * pairs * dx);
  for (let s = 0; s < pairs; s++)
    for (let i = 0; i < dx; i++) {
      let sum = 0;
      for (let m = 0; m < dx; m++) {
        let part = 0;
        for (let j = 0; j < dx; j++) part += vectors[m * dx + j] * raw[s * dx + j];
        sum += (vectors[m * dx + i] * part) / Math.sqrt(values[m]);
      }
      x[s * dx + i] = sum;
      x[(pairs + s) * dx + i] = -sum;
    }
  return x;
};
