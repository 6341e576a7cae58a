import { exp, log } from "../../numerics/elementary.ts";
import type { Interval } from "../order/index.ts";
import { priceOfChange } from "./curve-fit.ts";
import { type Change, describeChanges, intervalOf } from "./describe-changes.ts";
import { fittedMean, nearest } from "./fitted-mean.ts";
import { LEAST_SEGMENT } from "./mean-change.ts";
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
  const bends = isIntegrated ? found.map(change => ofDifferences(change, steps)) : found;
  const own = isIntegrated ? together(bends, jumpsOf(reading, steps)) : bends;
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

/** A jump and a bend that lie closer than changes may are one change. */
const together = (bends: readonly Change[], jumps: readonly Change[]): Change[] => {
  const left = new Set(bends);
  const joined = jumps.map((jump): Change => {
    const bend = [...left].find(
      ({ slope, at }) => slope && Math.abs(at.estimate - jump.at.estimate) < Math.max(LEAST_SEGMENT, jump.width),
    );
    if (!bend) return jump;
    left.delete(bend);
    return { ...jump, type: "level and slope", slope: bend.slope, evidence: jump.evidence + bend.evidence };
  });
  return [...left, ...joined];
};

/**
 * Differences far from their neighbours are jumps; those that lie closer than changes may are one, from the first to the last of them. Where they come back to nothing
 * they are an excursion, and no change.
 */
const jumpsOf = ({ curve, fit, values, jumps }: Reading, steps: ArrayLike<number>): Change[] => {
  const n = values.length;
  const rows = n - 2;
  const variance = fit.squares / rows;
  const groups: number[][] = [];
  for (const i of jumps) {
    const last = groups.at(-1);
    if (last && i - last[last.length - 1] < LEAST_SEGMENT) last.push(i);
    else groups.push([i]);
  }
  return groups.flatMap((group): Change[] => {
    let [size, square] = [0, 0];
    for (const i of group) {
      size += values[i + 1] - values[i] - curve.values[i];
      square += variance * fit.noise.deviations[i] * fit.noise.deviations[i];
    }
    const evidence = rows * log(1 + (size * size) / square / rows) - priceOfChange(n, 1);
    if (!(evidence > 0)) return [];
    const at = group[0] + 1;
    const scores = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
    scores[at] = 0;
    return [
      {
        at: placeOf(scores, at),
        width: group[group.length - 1] - group[0] + 1,
        step: steps[at],
        type: "level",
        level: intervalOf(size, Math.sqrt(square)),
        slope: null,
        ratio: null,
        difference: null,
        evidence,
      },
    ];
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
