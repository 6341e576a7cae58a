import { exp, log } from "../../numerics/elementary.ts";
import { ranksOf } from "./ranks.ts";

/** A quantity over steps that ascend; values may be NaN or infinite. */
export interface Track {
  readonly name: string;
  readonly step: ArrayLike<number>;
  readonly value: ArrayLike<number>;
}

export const axes = ["step", "log step"] as const;
/** Ranks stand for the logarithm where that leaves out too many values. */
export const metrics = ["value", "log value", "rank"] as const;
export type AxisName = (typeof axes)[number];
export type MetricName = (typeof metrics)[number];

export interface Look {
  readonly axis: AxisName;
  readonly metric: MetricName;
  /** Every so many points are looked at. */
  readonly thinning: number;
}

/** A track as a detector sees it: at most MOST_POINTS means of neighbours, evenly spaced along the axis. */
export interface View {
  readonly look: Look;
  readonly values: Float64Array;
  /** Places along the axis. */
  readonly places: Float64Array;
  /** Step of the first and last point of each mean. */
  readonly first: Float64Array;
  readonly last: Float64Array;
}

export const MOST_POINTS = 300;
/** Fewest points that can tell a law from a change. */
export const LEAST_POINTS = 40;
/** Steps that span less than this look the same on both axes. */
const LEAST_SPAN = 30;
/** Share of points that a logarithm may leave out. */
const MOST_LEFT_OUT = 0.1;

/** The view of a track, or null where it has too few points, or none that another look has not. */
export const viewOf = (track: Track, look: Look): View | null => {
  const { step } = track;
  const kept = pointsOf(track, look);
  if (kept === null) return null;
  const [first, last] = [step[kept[0]], step[kept[kept.length - 1]]];
  if (look.axis === "log step" && !(last / first >= LEAST_SPAN)) return null;
  const view = binned(track, kept, look);
  return view.values.length < LEAST_POINTS ? null : view;
};

/** The indices of the points that a look takes; null where they are too few. Of a long track no numbers are copied. */
const pointsOf = ({ step, value }: Track, { axis, metric, thinning }: Look): Uint32Array | null => {
  const kept = new Uint32Array(Math.ceil(step.length / thinning));
  let [count, left] = [0, 0];
  for (let i = 0; i < step.length; i += thinning) {
    if (!Number.isFinite(value[i]) || (axis === "log step" && !(step[i] > 0))) continue;
    if (metric === "log value" && !(value[i] > 0)) left++;
    else kept[count++] = i;
  }
  return count < LEAST_POINTS || left > MOST_LEFT_OUT * (count + left) ? null : kept.subarray(0, count);
};

/** The value of each kept point in a metric, by its place among them. */
const measureOf = (value: ArrayLike<number>, kept: Uint32Array, metric: MetricName): ((k: number) => number) => {
  if (metric === "value") return k => value[kept[k]];
  if (metric === "log value") return k => log(value[kept[k]]);
  const ranks = ranksOf(Float64Array.from(kept, i => value[i]));
  return k => ranks[k];
};

const binned = ({ step, value }: Track, kept: Uint32Array, look: Look): View => {
  const count = kept.length;
  const measured = measureOf(value, kept, look.metric);
  const along = (k: number): number => (look.axis === "step" ? step[kept[k]] : log(step[kept[k]]));
  const [low, high] = [along(0), along(count - 1)];
  const places: number[] = [];
  const means: number[] = [];
  const first: number[] = [];
  const last: number[] = [];
  const isWhole = look.axis === "step" && count <= MOST_POINTS;
  let here = low;
  for (let k = 0; k < count; ) {
    const edge = isWhole
      ? -Infinity
      : low + (Math.floor(((here - low) / (high - low)) * MOST_POINTS) + 1) * ((high - low) / MOST_POINTS);
    let [end, place, sum] = [k, 0, 0];
    do {
      place += here;
      sum += measured(end);
      end++;
      if (end < count) here = along(end);
    } while (end < count && here < edge);
    places.push(place / (end - k));
    means.push(sum / (end - k));
    first.push(step[kept[k]]);
    last.push(step[kept[end - 1]]);
    k = end;
  }
  return {
    look,
    values: Float64Array.from(means),
    places: Float64Array.from(places),
    first: Float64Array.from(first),
    last: Float64Array.from(last),
  };
};

/** The step at a place along an axis. */
export const stepAt = (axis: AxisName, place: number): number => (axis === "step" ? place : exp(place));
