import { exp, log, log1p } from "../../../numerics/elementary.ts";
import type { Problem } from "./problem.ts";

/** What the outputs of a network for all pairs say, rows in the problem's order: training pairs first. */
export type Evaluation = {
  /** Mean loss on the training pairs, and on the others. */
  readonly loss: number;
  readonly testLoss: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  /** Over all pairs. */
  readonly accuracy: number;
};

/** The output above which a pair is taken for related: even odds. */
const thresholds = { "cross-entropy": 0, squared: 0.5 };

const errors = {
  "cross-entropy": (y: number, related: number) => Math.max(y, 0) - related * y + log1p(exp(-Math.abs(y))),
  squared: (y: number, related: number) => (y - related) * (y - related),
};

export const evaluate = ({ matrix, order, trainCount, loss }: Problem, outputs: Float64Array): Evaluation => {
  const [right, sums] = [
    [0, 0],
    [0, 0],
  ];
  order.forEach((place, row) => {
    const part = row < trainCount ? 0 : 1;
    if (Number(outputs[row] > thresholds[loss]) === matrix[place]) right[part]++;
    sums[part] += errors[loss](outputs[row], matrix[place]);
  });
  const testCount = order.length - trainCount;
  return {
    loss: sums[0] / trainCount,
    testLoss: sums[1] / testCount,
    trainAccuracy: right[0] / trainCount,
    testAccuracy: right[1] / testCount,
    accuracy: (right[0] + right[1]) / order.length,
  };
};

/** The least loss of an output that is the same for all training pairs. */
export const constantLoss = ({ matrix, order, trainCount, loss }: Problem): number => {
  let related = 0;
  for (let row = 0; row < trainCount; row++) related += matrix[order[row]];
  const p = related / trainCount;
  if (loss === "squared") return p * (1 - p);
  const part = (share: number) => (share === 0 ? 0 : -share * log(share));
  return part(p) + part(1 - p);
};
