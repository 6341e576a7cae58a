import { quantile } from "../../numerics/statistics.ts";
import { changeRegions } from "../change/change-regions.ts";
import { findJointChanges } from "../change/joint-changes.ts";
import type { Interval } from "../order/index.ts";
import { type AxisName, axes, type Track, type View, viewOf } from "./view.ts";

/** Stretches of steps in each of which a quantity changes, with one level for all of its own. */
export interface TrackRegions {
  readonly track: string;
  readonly level: number;
  /** Steps of the first and last point that may come after the change, and of the likeliest. */
  readonly regions: readonly { readonly low: number; readonly high: number; readonly estimate: number }[];
}

/** A step at which the levels of several quantities change together. */
export interface SharedChange {
  /** The axis along which it was found. */
  readonly axis: AxisName;
  readonly at: Interval;
  readonly levels: readonly { readonly track: string; readonly level: Interval }[];
  readonly evidence: number;
}

export interface SharedChanges {
  readonly tracks: readonly string[];
  /** Quantities that were not looked at: those with too few points, and with points at other steps than the first. */
  readonly left: readonly string[];
  readonly changes: readonly SharedChange[];
}

/** A quantity along an axis as these looks see it; null where it has too few points. */
export const along = (axis: AxisName, track: Track): View | null =>
  viewOf(track, { axis, metric: "value", thinning: 1 });
const overSteps = (track: Track): View | null => along("step", track);

/**
 * Steps of the first points that may come after a change whose index is one of `low`, ..., `high`: of means of neighbours the one before may hold some of what comes after, and
 * the last one some of what comes before.
 */
const stepsOf = (
  { first, last }: View,
  low: number,
  high: number,
): { readonly low: number; readonly high: number } => ({
  low: first[low - 1] < last[low - 1] ? first[low - 1] : first[low],
  high: last[high],
});

/** Regions of change of each quantity over its steps; those with too few points have none. */
export const regionsOf = (tracks: readonly Track[]): TrackRegions[] =>
  tracks.flatMap(track => {
    const view = overSteps(track);
    if (!view) return [];
    const { regions, level } = changeRegions(view.values, view.places);
    return [
      {
        track: track.name,
        level,
        regions: regions.map(({ low, high, estimate }) => ({
          ...stepsOf(view, low, high),
          estimate: view.first[estimate],
        })),
      },
    ];
  });

/**
 * Sudden changes of level that the quantities of one run share, along the steps and along their logarithm, each once, at the steps of the first of them that has
 * enough points.
 */
export const sharedChangesOf = (tracks: readonly Track[]): SharedChanges => {
  const [own, overLogs] = axes.map(axis => sharedAlong(axis, tracks));
  const left = tracks.map(({ name }) => name).filter(name => !own.tracks.includes(name));
  const changes: SharedChange[] = [];
  for (const change of [...own.changes, ...overLogs.changes].sort((a, b) => b.evidence - a.evidence))
    if (!changes.some(({ at }) => at.low <= change.at.high && change.at.low <= at.high)) changes.push(change);
  return { tracks: own.tracks, left, changes: changes.sort((a, b) => a.at.estimate - b.at.estimate) };
};

const sharedAlong = (axis: AxisName, tracks: readonly Track[]): Pick<SharedChanges, "tracks" | "changes"> => {
  const views = tracks.flatMap(track => {
    const view = along(axis, track);
    return view ? [{ track: track.name, view }] : [];
  });
  const own = views.filter(({ view }) => isEqual(view.first, views[0].view.first));
  const names = own.map(({ track }) => track);
  if (own.length === 0) return { tracks: [], changes: [] };
  const [{ view }] = own;
  const { changes } = findJointChanges(
    own.map(each => each.view.values),
    view.places,
  );
  return {
    tracks: names,
    changes: changes.map(({ at, levels, evidence }) => ({
      axis,
      at: { estimate: view.first[at.estimate], ...stepsOf(view, at.low, at.high) },
      levels: levels.flatMap((level, i) => (level ? [{ track: names[i], level }] : [])),
      evidence,
    })),
  };
};

const isEqual = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

/** How many changes a detector with a threshold sees in a quantity: stretches in which neighbouring points lie further apart than so many deviations of that distance. */
export interface ThresholdCounts {
  readonly track: string;
  readonly counts: readonly { readonly deviations: number; readonly changes: number }[];
}

/** By which factor the number of changes swings with the threshold; infinite from none to some, null where no threshold sees any. */
export const swingOf = ({ counts }: ThresholdCounts): number | null => {
  const numbers = counts.map(({ changes }) => changes);
  const most = Math.max(...numbers);
  return most > 0 ? most / Math.min(...numbers) : null;
};

const THRESHOLDS = [2, 3, 4, 6] as const;
/** Standard deviation over the median distance from 0, of a normal law. */
const NORMAL_DEVIATION = 1.482602218505602;

/** What a threshold on the distance of neighbouring points would find, which says how much an answer that has a threshold depends on it. */
export const thresholdCountsOf = (tracks: readonly Track[]): ThresholdCounts[] =>
  tracks.flatMap(track => {
    const view = overSteps(track);
    if (!view) return [];
    const distances = view.values.slice(1).map((value, i) => Math.abs(value - view.values[i]));
    const deviation = NORMAL_DEVIATION * quantile(distances, 0.5);
    const counts = THRESHOLDS.map(deviations => {
      const isFar = (i: number): boolean => distances[i] > deviations * deviation;
      const changes = Array.from(distances).filter((_, i) => isFar(i) && !(i > 0 && isFar(i - 1))).length;
      return { deviations, changes };
    });
    return [{ track: track.name, counts }];
  });
