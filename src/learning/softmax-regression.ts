import { BLOCK } from "../numerics/in-blocks.ts";
import { fastest } from "../numerics/native-loops.ts";
import { transpose } from "../numerics/transpose.ts";
import { softmaxSums } from "./loops/softmax.ts";

/** Nanoseconds that a class of a sample takes: an exponential, and a feature of it. */
const [EXPONENTIAL_TIME, FEATURE_TIME] = [12, 1.5];

/** Labelled samples for softmax regression without intercept: `inputs` has a row of `features` numbers for each. */
export interface LabelledSamples {
  readonly inputs: Float64Array;
  readonly classes: Uint8Array;
  readonly features: number;
  /** How many classes there are. */
  readonly count: number;
}

/** Overwrites `gradient`, a row for each class, by that of the summed cross-entropy of the scores `w` x; returns that sum, or 0 where it is not wanted. */
export type SoftmaxSums = (w: Float64Array, gradient: Float64Array, isLossWanted: boolean) => number;

export const softmaxRegression = ({ inputs, classes, features, count }: LabelledSamples): SoftmaxSums => {
  const N = classes.length;
  const columns = new Float64Array(inputs.length);
  transpose(inputs, N, features, columns);
  const scores = new Float64Array(count * BLOCK);
  const [sums, best] = [new Float64Array(BLOCK), new Float64Array(BLOCK)];
  const time = N * count * (EXPONENTIAL_TIME + FEATURE_TIME * features);
  return (w, gradient, isLossWanted) =>
    fastest(
      "softmaxSums",
      softmaxSums,
      time,
    )(
      ...([w, gradient, inputs, columns, classes, scores, sums, best] as const),
      ...([N, features, count, isLossWanted ? 1 : 0] as const),
    );
};
