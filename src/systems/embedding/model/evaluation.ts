import { exp, log } from "../../../numerics/elementary.ts";
import { fastest } from "../../../numerics/native-loops.ts";
import { squaredDistance } from "../../../numerics/norm.ts";
import { nearestLabel, rightRows } from "../loops/answers.ts";
import type { Problem } from "./problem.ts";

/** Answers and losses read off the outputs of a network, rows in the problem's order: the training pairs come first. */
export interface Evaluation {
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
}

/** Nanoseconds of a label and an output of a row. */
const TERM_TIME = 0.8;

/** What rows of outputs are compared with: twice the targets [outputs, labels], and their squared lengths. */
const comparedWith = (targets: Float64Array, outputs: number, labels: number) => ({
  columns: Float64Array.from({ length: outputs * labels }, (_, i) => {
    const [k, label] = [Math.floor(i / labels), i % labels];
    return 2 * targets[label * outputs + k];
  }),
  squares: Float64Array.from({ length: labels }, (_, label) =>
    targets.subarray(label * outputs, (label + 1) * outputs).reduce((sum, target) => sum + target * target, 0),
  ),
  scores: new Float64Array(labels),
});

/** The label whose target is nearest, or whose output is largest, for each row of outputs. */
export const predictor = ({ task: { labels }, targets, outputs }: Problem) => {
  if (targets === null)
    return (y: Float64Array, row: number): number => largest(y.subarray(row * outputs, (row + 1) * outputs));
  const { columns, squares, scores } = comparedWith(targets, outputs, labels);
  return (y: Float64Array, row: number): number => {
    const nearest = fastest("nearestLabel", nearestLabel, TERM_TIME * columns.length);
    return nearest(y, columns, squares, scores, row, outputs, labels);
  };
};

/** Where the largest is; the first of several. */
const largest = (values: Float64Array): number => {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
};

/** How many of the rows `from` to `to - 1` are right; less than a share `level` of them as soon as it is clear that they are less. */
type RightRows = (y: Float64Array, level: number, from: number, to: number) => number;

const rightRowsOf = (problem: Problem): RightRows => {
  const { task, order, targets, outputs } = problem;
  const { labels } = task;
  const answers = Int32Array.from(order, place => task.answers[place]);
  if (targets === null) {
    const predicted = predictor(problem);
    return (y, level, from, to) => {
      let most = to - from;
      for (let row = from; row < to && most / (to - from) >= level; row++)
        if (predicted(y, row) !== answers[row]) most--;
      return most;
    };
  }
  const { columns, squares, scores } = comparedWith(targets, outputs, labels);
  return (y, level, from, to) => {
    // Mostly a few rows tell that a level is not reached.
    const count = fastest("rightRows", rightRows, TERM_TIME * columns.length * (level > 0 ? 2 : to - from));
    return count(y, columns, squares, scores, answers, from, to, outputs, labels, level);
  };
};

/** Accuracies on training and test pairs, each on its own, as one is known for good before the other. */
export const accuracies = (problem: Problem) => {
  const { order, trainCount } = problem;
  const right = rightRowsOf(problem);
  const share = (y: Float64Array, level: number, from: number, to: number) => right(y, level, from, to) / (to - from);
  const [train, test] = [
    [0, trainCount],
    [trainCount, order.length],
  ];
  return {
    train: (y: Float64Array) => share(y, 0, train[0], train[1]),
    test: (y: Float64Array) => share(y, 0, test[0], test[1]),
    /** Whether the share is at least so large: the look ends with the first row after which it cannot be. */
    trainReaches: (y: Float64Array, level: number) => share(y, level, train[0], train[1]) >= level,
    testReaches: (y: Float64Array, level: number) => share(y, level, test[0], test[1]) >= level,
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
