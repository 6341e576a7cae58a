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
export const viewOf = ({ step, value }: Track, look: Look): View | null => {
  const { axis, metric, thinning } = look;
  const steps: number[] = [];
  const values: number[] = [];
  let left = 0;
  for (let i = 0; i < step.length; i += thinning) {
    if (!Number.isFinite(value[i]) || (axis === "log step" && !(step[i] > 0))) continue;
    if (metric === "log value" && !(value[i] > 0)) {
      left++;
      continue;
    }
    steps.push(step[i]);
    values.push(metric === "log value" ? log(value[i]) : value[i]);
  }
  const count = steps.length;
  if (count < LEAST_POINTS || left > MOST_LEFT_OUT * (count + left)) return null;
  if (axis === "log step" && !(steps[count - 1] / steps[0] >= LEAST_SPAN)) return null;
  const along = steps.map(each => (axis === "step" ? each : log(each)));
  const view = binned(along, steps, metric === "rank" ? ranksOf(values) : values, look);
  return view.values.length < LEAST_POINTS ? null : view;
};

const binned = (along: readonly number[], steps: readonly number[], values: ArrayLike<number>, look: Look): View => {
  const count = along.length;
  const [low, high] = [along[0], along[count - 1]];
  const places: number[] = [];
  const means: number[] = [];
  const first: number[] = [];
  const last: number[] = [];
  const isWhole = look.axis === "step" && count <= MOST_POINTS;
  for (let i = 0; i < count; ) {
    const edge = isWhole
      ? -Infinity
      : low + (Math.floor(((along[i] - low) / (high - low)) * MOST_POINTS) + 1) * ((high - low) / MOST_POINTS);
    let [end, place, sum] = [i, 0, 0];
    do {
      place += along[end];
      sum += values[end];
      end++;
    } while (end < count && along[end] < edge);
    places.push(place / (end - i));
    means.push(sum / (end - i));
    first.push(steps[i]);
    last.push(steps[end - 1]);
    i = end;
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
