import { exp, log } from "../../../numerics/elementary.ts";
import { squaredDistance } from "../../../numerics/norm.ts";
import type { Problem } from "./problem.ts";

/** Answers and losses read off the outputs of a network, rows in the problem's order: the training pairs come first. */
export interface Evaluation {
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
}

/** The label whose target is nearest, or whose output is largest, for each row of outputs. */
export const predictor = ({ task: { labels }, targets, outputs }: Problem) => {
  if (targets === null)
    return (y: Float64Array, row: number): number => largest(y.subarray(row * outputs, (row + 1) * outputs));
  // |y|^2 - |y - Y|^2, all labels side by side: the inner loop has no sum to wait for.
  const columns = Float64Array.from({ length: outputs * labels }, (_, i) => {
    const [k, label] = [Math.floor(i / labels), i % labels];
    return 2 * targets[label * outputs + k];
  });
  const squares = Float64Array.from({ length: labels }, (_, label) =>
    targets.subarray(label * outputs, (label + 1) * outputs).reduce((sum, target) => sum + target * target, 0),
  );
  const scores = new Float64Array(labels);
  return (y: Float64Array, row: number): number => {
    for (let label = 0; label < labels; label++) scores[label] = -squares[label];
    for (let k = 0, at = 0; k < outputs; k++) {
      const value = y[row * outputs + k];
      for (let label = 0; label < labels; label++, at++) scores[label] += value * columns[at];
    }
    return largest(scores);
  };
};

/** Where the largest is; the first of several. */
const largest = (values: Float64Array): number => {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
};

/** Accuracies on training and test pairs, each on its own, as one is known for good before the other. */
export const accuracies = (problem: Problem) => {
  const { task, order, trainCount } = problem;
  const predicted = predictor(problem);
  const isRight = (y: Float64Array, row: number): boolean => predicted(y, row) === task.answers[order[row]];
  const share = (y: Float64Array, from: number, to: number): number => {
    let right = 0;
    for (let row = from; row < to; row++) if (isRight(y, row)) right++;
    return right / (to - from);
  };
  /** Whether the share is at least so large: the look ends with the first row after which it cannot be. */
  const reaches = (y: Float64Array, level: number, from: number, to: number): boolean => {
    let most = to - from;
    for (let row = from; row < to && most / (to - from) >= level; row++) if (!isRight(y, row)) most--;
    return most / (to - from) >= level;
  };
  return {
    train: (y: Float64Array) => share(y, 0, trainCount),
    test: (y: Float64Array) => share(y, trainCount, order.length),
    trainReaches: (y: Float64Array, level: number) => reaches(y, level, 0, trainCount),
    testReaches: (y: Float64Array, level: number) => reaches(y, level, trainCount, order.length),
  };
};

/** The loss without penalty on rows `from` to `to - 1`: mean squared error over rows and coordinates, or mean cross-entropy. */
export const lossOn = (
  { task, order, targets, outputs }: Problem,
  y: Float64Array,
  from: number,
  to: number,
): number => {
  let sum = 0;
  for (let row = from; row < to; row++) {
    const own = y.subarray(row * outputs, (row + 1) * outputs);
    const label = task.answers[order[row]];
    if (targets === null) sum += crossEntropy(own, label);
    else sum += squaredDistance(own, targets.subarray(label * outputs, (label + 1) * outputs)) / outputs;
  }
  return sum / (to - from);
};

const crossEntropy = (logits: Float64Array, label: number): number => {
  const largest = logits.reduce((a, b) => Math.max(a, b));
  let total = 0;
  for (const logit of logits) total += exp(logit - largest);
  return log(total) + largest - logits[label];
};

/** The least loss of an output that is the same for all training pairs: what a decoder without weights can do. */
export const constantLoss = ({ task, order, targets, trainCount, outputs }: Problem): number => {
  const counts = new Float64Array(task.labels);
  for (let row = 0; row < trainCount; row++) counts[task.answers[order[row]]] += 1 / trainCount;
  if (targets === null) return counts.reduce((sum, share) => (share > 0 ? sum - share * log(share) : sum), 0);
  let variance = 0;
  for (let k = 0; k < outputs; k++) {
    let [mean, square] = [0, 0];
    counts.forEach((share, label) => {
      const target = targets[label * outputs + k];
      mean += share * target;
      square += share * target * target;
    });
    variance += (square - mean * mean) / outputs;
  }
  return variance;
};
