import { erf, exp } from "../../../numerics/elementary.ts";
import { gaussLegendre, onEvenPanels } from "../../../numerics/gauss-legendre.ts";
import { leastSquares } from "../../../numerics/least-squares.ts";
import type { Stream } from "../../../numerics/stream.ts";
import { gaugeCoupling, gaugeFeatures } from "../theory/effective-theory.ts";
import { fitGaugeCoupling } from "../theory/empirical.ts";

/** A gauge coupling seen through noise: labels in [0, 1], and least squares in its four features. */

const THETA = [1, 0.3, 0.8, 0.2];
const [SHIFT, SCALE] = [0.15, 3.6];
const [S_LOW, S_HIGH] = [0.1, 3];
/** Standard deviation of the labels before they are clipped. */
export const NOISE = 0.05;

export const target = (s: number, a: number): number => (gaugeCoupling(s, a, THETA) + SHIFT) / SCALE;

const clip = (value: number): number => Math.min(1, Math.max(0, value));
const square = (x: number): number => x * x;

export interface CouplingSample {
  readonly s: Float64Array;
  readonly a: Float64Array;
  readonly y: Float64Array;
}

export const couplingSample = (N: number, random: Stream): CouplingSample => {
  const [s, a, y] = [new Float64Array(N), new Float64Array(N), new Float64Array(N)];
  for (let i = 0; i < N; i++) {
    s[i] = S_LOW + (S_HIGH - S_LOW) * random.uniform();
    a[i] = random.uniform();
    y[i] = clip(target(s[i], a[i]) + NOISE * random.normal());
  }
  return { s, a, y };
};

const density = (z: number): number => exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI);
const probability = (z: number): number => (1 + erf(z / Math.SQRT2)) / 2;

/** Mean and variance of a label at a point where the target is f: a normal variable clipped to [0, 1]. */
export const clippedMoments = (f: number): { readonly mean: number; readonly variance: number } => {
  const [low, high] = [-f / NOISE, (1 - f) / NOISE];
  const [inside, above] = [probability(high) - probability(low), 1 - probability(high)];
  const [atLow, atHigh] = [density(low), density(high)];
  const mean = f * inside + NOISE * (atLow - atHigh) + above;
  const squares =
    f * f * inside + 2 * f * NOISE * (atLow - atHigh) + NOISE * NOISE * (inside + low * atLow - high * atHigh) + above;
  return { mean, variance: squares - mean * mean };
};

/** Points of the plane with weights of sum 1: Gauss and Legendre in s, equally spaced in the angle a. */
const quadrature = () => {
  const inS = onEvenPanels(gaussLegendre(24), S_LOW, S_HIGH, 3);
  const ANGLES = 32;
  return Array.from(inS.nodes).flatMap((s, i) =>
    Array.from({ length: ANGLES }, (_, k) => {
      const a = k / ANGLES;
      const features = new Float64Array(4);
      gaugeFeatures(s, a, features);
      return { features, weight: inS.weights[i] / (S_HIGH - S_LOW) / ANGLES, ...clippedMoments(target(s, a)) };
    }),
  );
};

let nodes: ReturnType<typeof quadrature> | undefined;

const predicted = (theta: ArrayLike<number>, features: Float64Array, at = 0): number => {
  let sum = 0;
  for (let j = 0; j < 4; j++) sum += theta[j] * features[at + j];
  return clip(sum);
};

/** Mean squared error of a coupling on the whole law of the data, by quadrature: nothing is drawn. */
export const trueError = (theta: ArrayLike<number>): number => {
  nodes ??= quadrature();
  return nodes.reduce(
    (sum, { features, weight, mean, variance }) =>
      sum + weight * (variance + square(mean - predicted(theta, features))),
    0,
  );
};

/**
 * The best coupling on the whole law of the data, its error, and what N samples cost: the error of least squares is above it by excess / N, excess =
 * tr(J^-1 V) with J = E[x x^T] and V = E[(y - x theta)^2 x x^T] over features x [White 1982]; 4 times the variance of labels that no clipping touches.
 */
export const bestCoupling = () => {
  nodes ??= quadrature();
  const A = new Float64Array(4 * nodes.length);
  const y = new Float64Array(nodes.length);
  nodes.forEach(({ features, weight, mean }, i) => {
    for (let j = 0; j < 4; j++) A[4 * i + j] = Math.sqrt(weight) * features[j];
    y[i] = Math.sqrt(weight) * mean;
  });
  const { solution: theta, covariance } = leastSquares(A, y, nodes.length, 4)!;
  const inverse = covariance();
  let excess = 0;
  for (const { features, weight, mean, variance } of nodes) {
    const rest = variance + square(mean - predicted(theta, features));
    for (let i = 0; i < 4; i++)
      for (let j = 0; j < 4; j++) excess += weight * rest * inverse[4 * i + j] * features[i] * features[j];
  }
  return { theta, error: trueError(theta), excess };
};

/** The mean squared error of a coupling on a sample, predictions clipped as labels are. */
export const sampleError = (theta: ArrayLike<number>, { s, a, y }: CouplingSample): number => {
  const features = new Float64Array(4);
  let sum = 0;
  for (let i = 0; i < s.length; i++) {
    gaugeFeatures(s[i], a[i], features);
    sum += square(y[i] - predicted(theta, features));
  }
  return sum / s.length;
};

export const fitted = ({ s, a, y }: CouplingSample): Float64Array => fitGaugeCoupling(s, a, y).theta;
