import { sortedQuantile } from "../../numerics/statistics/quantile.ts";
import { vertexAt } from "./grid.ts";
import type { MeasureName } from "./measures.ts";
import type { Peak } from "./peaks.ts";
import type { Resampled } from "./redraws.ts";
import { refinementSlope, sharpnessOf } from "./refinement.ts";
import { type Shape, shapeOf } from "./shape.ts";
import type { OutputSource } from "./source.ts";
import type { OutputTransition, SegmentScan } from "./verdict.ts";

interface Surroundings {
  readonly source: OutputSource;
  readonly scans: readonly SegmentScan[];
  readonly main: number;
  readonly measure: MeasureName;
  readonly resampled: Resampled;
}

/** A peak of the main scan with all that can be said of it. */
export const describeTransition = (peak: Peak, around: Surroundings): OutputTransition => {
  const { source, scans, main, measure, resampled } = around;
  const { L, splits, background, threshold, peaks } = scans[main];
  const { index, height } = peak;
  const values = scans[main].values[measure];
  const location = vertexAt(splits, values, index);
  const range = windowOf(index, splits.length, peaks);
  const places = Float64Array.from(resampled, draw => placeIn(splits, draw[main], range)).sort();
  const [before, after] = [source.control[L - 1 + index], source.control[L + index]];
  const half = (after - before) / 2;
  const sure = (p: number): number => (places.length > 0 ? sortedQuantile(places, p) : location);
  const ratio = ratioAt(index + L - 1, around);
  const slope = slopeAt(index + L - 1, around, L);
  return {
    location,
    interval: [Math.min(sure(0.025), location - half), Math.max(sure(0.975), location + half)],
    standardRange: places.length > 0 ? [sure(0.16), sure(0.84)] : null,
    L,
    height,
    strength: (height - background) / threshold[index],
    shape: ratio === null ? null : ratio.shape,
    ratio: ratio && { value: ratio.value, interval: ratio.interval },
    elsewhere: scans
      .filter((_, place) => place !== main)
      .map(scan => ({ L: scan.L, location: peakNear(scan, location, source.control, measure) })),
    slope,
    sharpness: slope === null ? null : sharpnessOf(slope),
  };
};

/** Splits that belong to a peak: half the way to the peaks beside it, or all. */
const windowOf = (index: number, count: number, peaks: readonly Peak[]): readonly [from: number, to: number] => {
  let [from, to] = [0, count - 1];
  for (const other of peaks) {
    const middle = (other.index + index) / 2;
    if (other.index < index) from = Math.max(from, Math.ceil(middle));
    if (other.index > index) to = Math.min(to, Math.floor(middle));
  }
  return [from, to];
};

const placeIn = (splits: readonly number[], values: Float64Array, [from, to]: readonly [number, number]): number => {
  let best = from;
  for (let i = from; i <= to; i++) if (values[i] > values[best]) best = i;
  return vertexAt(splits, values, best);
};

const peakNear = (
  { L, splits, peaks, values }: SegmentScan,
  location: number,
  control: readonly number[],
  measure: MeasureName,
): number | null => {
  const step = (control[control.length - 1] - control[0]) / (control.length - 1);
  const places = peaks.map(({ index }) => vertexAt(splits, values[measure], index));
  const nearest = places.reduce<number | null>(
    (best, place) => (best === null || Math.abs(place - location) < Math.abs(best - location) ? place : best),
    null,
  );
  return nearest !== null && Math.abs(nearest - location) <= (L + 1) * step ? nearest : null;
};

/** Shape at a place, counted in splits of L = 1, with the interval of its ratio; the shape is null where the interval holds several. */
const ratioAt = (
  at: number,
  { scans, measure, resampled }: Surroundings,
): { readonly value: number; readonly interval: readonly [number, number]; readonly shape: Shape | null } | null => {
  const single = scans.findIndex(({ L }) => L === 1);
  // A long scan whose background is as high as its peaks is blurred, or saturated.
  const long = scans.findLastIndex(
    ({ L, background, values }) => L >= 2 && 2 * background <= Math.max(...values[measure]),
  );
  if (single < 0 || long < 0) return null;
  const { L } = scans[long];
  const backgrounds = [scans[single].background, scans[long].background] as const;
  const own = shapeOf(scans[single].values[measure], scans[long].values[measure], L, { at, backgrounds });
  if (own === null) return null;
  const readings = resampled.flatMap(draw => shapeOf(draw[single], draw[long], L, { at, backgrounds }) ?? []);
  if (readings.length === 0) return { value: own.ratio, interval: [own.ratio, own.ratio], shape: own.shape };
  const sorted = Float64Array.from(readings, ({ ratio }) => ratio).sort();
  const agreeing = readings.filter(({ shape }) => shape === own.shape).length / readings.length;
  return {
    value: own.ratio,
    interval: [sortedQuantile(sorted, 0.025), sortedQuantile(sorted, 0.975)],
    shape: agreeing >= 0.95 ? own.shape : null,
  };
};

/** Larger heights bend towards 1, whatever the order. */
const LINEAR = 0.4;

/** Standard errors that a height is to be of, for a slope to be told from it. */
const SURE = 5;

/** d ln D / d ln dT from values of the control that are 1, 2 and 4 places apart, around a split of L = 1. */
const slopeAt = (at: number, { source: { control, apart }, scans }: Surroundings, L: number): number | null => {
  const [steps, heights]: [number[], number[]] = [[], []];
  const errors = scans.find(scan => scan.L === 1)?.errors;
  for (const gap of [1, 2, 4]) {
    if (gap >= control.length / 4) break;
    const values = apart(gap);
    let best = -1;
    for (let k = Math.max(0, at - gap + 1 - L); k <= Math.min(values.length - 1, at + L); k++)
      if (best < 0 || values[k] > values[best]) best = k;
    if (best < 0 || !(values[best] > 0) || values[best] > LINEAR) break;
    if (errors && !(values[best] > SURE * errors[Math.min(best, errors.length - 1)])) return null;
    steps.push(control[best + gap] - control[best]);
    heights.push(values[best]);
  }
  return steps.length < 2 ? null : refinementSlope(steps, heights);
};
