import { exp, log } from "../../numerics/elementary.ts";
import type { Interval } from "../order/index.ts";
import { priceOfChange } from "./curve-fit.ts";
import { type Change, describeChanges, intervalOf } from "./describe-changes.ts";
import { fittedMean, nearest } from "./fitted-mean.ts";
import { type Place, placeOf } from "./place.ts";
import type { Reading } from "./readings.ts";

/** The mean of the fit of a reading at each value, in units of the values; null where its parts can't be told apart. */
export const meanOf = (reading: Reading): Float64Array | null => {
  const mean = onScale(reading);
  return mean && (reading.scale === "value" ? mean : mean.map(exp));
};

const onScale = ({ curve, fit, isIntegrated, values, jumps }: Reading): Float64Array | null => {
  const fitted = fittedMean(curve, fit);
  if (!fitted || !isIntegrated) return fitted;
  const isJump = new Set(jumps);
  const mean = new Float64Array(values.length);
  for (let i = 0; i < fitted.length; i++)
    mean[i + 1] = mean[i] + (isJump.has(i) ? values[i + 1] - values[i] : fitted[i]);
  return nearest(mean, values);
};

/** The changes of a reading by their places, as changes of the values: `steps` are those of all values, `innovations` those of the fit. */
export const describeReading = (reading: Reading, steps: ArrayLike<number>, innovations: Float64Array): Change[] => {
  const { curve, fit, isIntegrated, scale } = reading;
  const found = describeChanges(curve, fit, innovations);
  const own = isIntegrated ? [...found.map(change => ofDifferences(change, steps)), ...jumpsOf(reading, steps)] : found;
  const mean = scale === "value" ? null : (meanOf(reading) ?? reading.values.map(exp));
  return own
    .map(change => (mean ? ofLogarithms(change, mean[Math.max(0, change.at.estimate - 1)]) : change))
    .sort((a, b) => a.at.estimate - b.at.estimate);
};

/** Where the level of the differences changes the values bend; the noise of a difference is that of its second value. */
const ofDifferences = (change: Change, steps: ArrayLike<number>): Change => {
  if (change.level)
    return { ...change, step: steps[change.at.estimate], type: "slope", level: null, slope: change.level };
  const at = later(change.at);
  return { ...change, at, step: steps[at.estimate] };
};

const later = ({ estimate, low, high, moment, probability }: Place): Place => ({
  estimate: estimate + 1,
  low: low + 1,
  high: high + 1,
  moment: { low: moment.low + 1, high: moment.high + 1 },
  probability,
});

/** Differences far from their neighbours are jumps; of those that follow each other and go the same way, one jump. */
const jumpsOf = ({ curve, fit, values, jumps }: Reading, steps: ArrayLike<number>): Change[] => {
  const n = values.length;
  const rows = n - 2;
  const sizeOf = (i: number): number => values[i + 1] - values[i] - curve.values[i];
  const groups: number[][] = [];
  for (const i of jumps) {
    const last = groups.at(-1);
    if (last && i === last[last.length - 1] + 1 && sizeOf(i) * sizeOf(i - 1) > 0) last.push(i);
    else groups.push([i]);
  }
  return groups.map(group => {
    const size = group.reduce((sum, i) => sum + sizeOf(i), 0);
    const error = fit.noise.deviations[group[0]] * Math.sqrt((group.length * fit.squares) / rows);
    const at = group[0] + 1;
    const scores = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
    scores[at] = 0;
    const more = (size * size) / (error * error);
    return {
      at: placeOf(scores, at),
      width: group.length,
      step: steps[at],
      type: "level",
      level: intervalOf(size, error),
      slope: null,
      ratio: null,
      difference: null,
      evidence: rows * log(1 + more / rows) - priceOfChange(n, 1),
    };
  });
};

/** Changes of the logarithm, of a curve that was at `before`. */
const ofLogarithms = (change: Change, before: number): Change => ({
  ...change,
  level: change.level && each(change.level, value => before * (exp(value) - 1)),
  slope: change.slope && each(change.slope, value => before * value),
});

const each = ({ estimate, low, high }: Interval, to: (value: number) => number): Interval => ({
  estimate: to(estimate),
  low: to(low),
  high: to(high),
});
