import { sameShape, shapeText } from "../../../engine/graph/shape.ts";
import { invalid, LandauError } from "../../../errors.ts";
import { type DataArray, dataset } from "../../../experiments/data.ts";
import { evaluator } from "../../../experiments/evaluator.ts";
import { checkExperiment, type Experiment } from "../../../experiments/experiment.ts";
import { reportingDivergence } from "../../../experiments/train.ts";
import { trainer } from "../../../experiments/trainer.ts";
import type { Trajectory } from "../theory/fit.ts";
import { lossOf } from "../theory/two-point.ts";

export interface WatchOptions {
  /** Networks from starts of their own. */
  readonly chains: number;
  readonly seed?: number;
  /** The two samples that are followed, by their places in the data; the first two when absent. */
  readonly pair?: readonly [number, number];
  /** Names of the arrays of the data; x and y when absent. */
  readonly inputs?: string;
  readonly targets?: string;
  /** Names of what the model returns beside its loss, a row for each sample; representation and outputs when absent. */
  readonly representation?: string;
  readonly outputs?: string;
  /** Steps of training; the experiment's own when absent. */
  readonly steps?: number;
  /** Equally spaced steps at which the pair is looked at, of which at most 200 are kept; 1000 when absent. */
  readonly looks?: number;
  /** The share of the target's squared difference that may be left where watching ends; 1e-4 when absent. */
  readonly stop?: number;
  /** Called now and then with the share of the steps that is made. */
  progress?(share: number): void;
}

/** The pair of one network over training. */
export interface WatchedPair {
  readonly chain: number;
  readonly trajectory: Trajectory;
  /** Half the mean squared error of the two samples, as the theory counts it. */
  readonly loss: readonly number[];
  /** Squared length of their mean error at the start. */
  readonly mean2: number;
}

/** More points of a smooth curve tell a fit no more. */
const MOST_KEPT = 200;

/** Networks are looked at until all are done, at the latest at the last step. */
export const watchPairs = (experiment: Experiment, options: WatchOptions): readonly WatchedPair[] => {
  const { chains, seed = 0, looks = 1000, stop = 1e-4, pair = [0, 1] } = options;
  const checked = checkExperiment({ ...experiment, steps: options.steps ?? experiment.steps });
  const { model, data, steps } = checked;
  const [x, y] = [options.inputs ?? "x", options.targets ?? "y"].map(name => arrayNamed(name, data.arrays));
  checkPair(pair, data.samples);
  const names = [options.representation ?? "representation", options.outputs ?? "outputs"];
  const [dx, dy] = [x, y].map(array => differenceOf(array, pair));
  const [dx2, dy2] = [dx, dy].map(squaredLength);
  for (const [name, value] of Object.entries({ inputs: dx2, targets: dy2 }))
    if (value === 0) throw invalid("pair", pair, `two samples with different ${name}`);
  const evaluate = evaluator(model, dataset(experiment.data), "f64");
  const running = trainer(checked, { seed, from: 0, count: chains });
  const every = Math.max(1, Math.floor(steps / looks));
  const seen = Array.from({ length: chains }, () => [] as Look[]);
  const lookAt = (chain: number): Look => {
    const { outputs } = reportingDivergence(running, chain, () =>
      evaluate(running.parameters(chain), { seed, step: running.step }),
    );
    const [hidden, given] = names.map(name => rowsNamed(name, outputs, data.samples));
    if (!sameShape(given.shape, y.shape))
      throw new LandauError(
        "input",
        `the model returns ${names[1]} of shape ${shapeText(given.shape)}: needs that of the targets, ${shapeText(y.shape)}`,
      );
    const difference = differenceOf(given, pair);
    const errors = pair.map(row => rowOf(given, row).map((value, i) => value - rowOf(y, row)[i]));
    return {
      t: running.step,
      h: squaredLength(differenceOf(hidden, pair)),
      y: squaredLength(difference),
      w: difference.reduce((sum, value, i) => sum + value * (value - dy[i]), 0),
      mean2: squaredLength(errors[0].map((value, i) => (value + errors[1][i]) / 2)),
    };
  };
  const isDone = (looks: readonly Look[]): boolean => {
    const { y, w } = looks[looks.length - 1];
    return 2 * w - y + dy2 < stop * dy2;
  };
  for (let step = 0; step <= steps; step += every) {
    running.advance(step);
    seen.forEach((looks, chain) => {
      if (looks.length === 0 || !isDone(looks)) looks.push(lookAt(chain));
    });
    options.progress?.(step / steps);
    if (seen.every(isDone)) break;
  }
  return seen.map((all, chain) => {
    const [{ mean2 }] = all;
    const apart = Math.ceil(all.length / MOST_KEPT);
    const looks = all.filter((_, i) => i % apart === 0 || i === all.length - 1);
    const numbers = (name: keyof Look) => looks.map(look => look[name]);
    return {
      chain,
      mean2,
      trajectory: { dx2, dy2, t: numbers("t"), h: numbers("h"), y: numbers("y"), w: numbers("w") },
      loss: looks.map(({ y, w, mean2 }) => lossOf({ y, w }, { dy2, m0: mean2, etaMean: 0, t: 0 })),
    };
  });
};

type Look = { readonly [name in "t" | "h" | "y" | "w" | "mean2"]: number };

interface Rows {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

const arrayNamed = (name: string, arrays: { readonly [name: string]: DataArray }): Rows => {
  if (!Object.hasOwn(arrays, name))
    throw new LandauError("input", `the data have no ${name}: there are ${Object.keys(arrays).join(", ")}`);
  if (arrays[name].element === "index")
    throw new LandauError("input", `${name} are indices: needs real numbers, whose differences mean something`);
  return arrays[name];
};

const rowsNamed = (
  name: string,
  outputs: { readonly [name: string]: { readonly shape: readonly number[]; readonly data: Float64Array } },
  samples: number,
): Rows => {
  if (!Object.hasOwn(outputs, name))
    throw new LandauError(
      "input",
      `the model returns no ${name}: needs { loss, representation, outputs }, or other names for them; there are ${["loss", ...Object.keys(outputs)].join(", ")}`,
    );
  const { shape, data } = outputs[name];
  if (shape[0] !== samples)
    throw new LandauError(
      "input",
      `${name} has shape ${shapeText(shape)}: needs a row for each of the ${samples} samples`,
    );
  return { shape, values: data };
};

const checkPair = (pair: readonly number[], samples: number): void => {
  const isPlace = (place: number) => Number.isInteger(place) && place >= 0 && place < samples;
  if (!(pair.length === 2 && pair.every(isPlace) && pair[0] !== pair[1]))
    throw invalid("pair", pair, `two different samples from 0 to ${samples - 1}`);
};

const rowOf = ({ shape, values }: Rows, row: number): number[] => {
  const length = values.length / shape[0];
  return Array.from({ length }, (_, i) => values[row * length + i]);
};

const differenceOf = (rows: Rows, [first, second]: readonly [number, number]): number[] => {
  const start = rowOf(rows, first);
  return rowOf(rows, second).map((value, i) => value - start[i]);
};

const squaredLength = (values: readonly number[]): number => values.reduce((sum, value) => sum + value * value, 0);
