import { softmaxRegression } from "../../../learning/softmax-regression.ts";
import type { Stream } from "../../../numerics/stream.ts";

/** Tokens to predict: inputs of independent normals, the right one of five classes the largest of five random linear scores. */

export const FEATURES = 20;
export const CLASSES = 5;
const WEIGHTS = FEATURES * CLASSES;

const [STEP, MOMENTUM] = [1, 0.9];

export interface TokenSample {
  /** FEATURES numbers for each token. */
  readonly inputs: Float64Array;
  readonly classes: Uint8Array;
}

/** Scores of the truth, a row for each class. */
export const randomTruth = (random: Stream): Float64Array => {
  const truth = new Float64Array(WEIGHTS);
  random.normals(truth);
  return truth;
};

export const tokenSample = (count: number, truth: Float64Array, random: Stream): TokenSample => {
  const inputs = new Float64Array(count * FEATURES);
  random.normals(inputs);
  return { inputs, classes: predicted(truth, inputs, count) };
};

const scores = new Float64Array(CLASSES);

const scoresAt = (w: Float64Array, inputs: Float64Array, from: number): number => {
  let best = 0;
  for (let c = 0; c < CLASSES; c++) {
    let sum = 0;
    for (let j = 0; j < FEATURES; j++) sum += w[c * FEATURES + j] * inputs[from + j];
    scores[c] = sum;
    if (sum > scores[best]) best = c;
  }
  return best;
};

export const predicted = (w: Float64Array, inputs: Float64Array, count: number): Uint8Array => {
  const out = new Uint8Array(count);
  for (let i = 0; i < count; i++) out[i] = scoresAt(w, inputs, i * FEATURES);
  return out;
};

/** Weights of softmax regression after so many steps of momentum on the mean cross-entropy, from nought. */
export const learnedWeights = ({ inputs, classes }: TokenSample, steps: number): Float64Array => {
  const n = classes.length;
  const summed = softmaxRegression({ inputs, classes, features: FEATURES, count: CLASSES });
  const w = new Float64Array(WEIGHTS);
  const velocity = new Float64Array(WEIGHTS);
  const gradient = new Float64Array(WEIGHTS);
  for (let step = 0; step < steps; step++) {
    summed(w, gradient, false);
    for (let j = 0; j < WEIGHTS; j++) {
      velocity[j] = MOMENTUM * velocity[j] - (STEP * gradient[j]) / n;
      w[j] += velocity[j];
    }
  }
  return w;
};
