import { log } from "../../numerics/elementary.ts";
import { type AuditOptions, DEFAULTS } from "./audit.ts";
import { type CapabilityTask, type Curve, curvesOf } from "./capability.ts";
import { extrapolate } from "./extrapolate.ts";
import { gaussianModels } from "./gaussian-models.ts";

/** Axes over which a metric is looked at. */
export const axes = {
  "ln scale": (scale: readonly number[]) => scale.map(log),
  scale: (scale: readonly number[]) => scale.slice(),
  order: (scale: readonly number[]) => scale.map((_, i) => i),
} as const;

export type Axis = keyof typeof axes;

/** One metric, on several axes. */
export interface MetricReading {
  readonly metric: string;
  readonly form: string;
  readonly scale: readonly number[];
  readonly value: readonly number[];
  /** Evidence for a jump in BIC by axis; above the threshold it counts. */
  readonly deltaJump: { readonly [axis in Axis]: number };
  readonly jump: { readonly [axis in Axis]: boolean };
  /** Whether the largest scale lies in the interval of a line through the first half. */
  readonly foreseen: boolean;
}

/** Whether a verdict stays when the table is looked at otherwise. */
export interface Robustness {
  readonly metrics: readonly MetricReading[];
  /** Verdicts without one scale, by the scale that is left out, and of every second scale. */
  readonly leftOut: readonly { readonly scale: number; readonly verdict: string }[];
  readonly thinned: readonly { readonly from: number; readonly verdict: string }[];
  /** Share of those verdicts that are the same; null where there are too few scales to leave any out. */
  readonly same: number | null;
}

const LEAST = 6;

/** @param verdictOf The verdict of a part of the task */
export const robustness = (
  task: CapabilityTask,
  p: readonly number[],
  verdictOf: (rest: CapabilityTask) => string,
  verdict: string,
  { threshold = DEFAULTS.threshold }: AuditOptions = {},
): Robustness => {
  const { points } = task;
  const rest = (kept: readonly number[]) => ({ ...task, points: kept.map(i => points[i]) });
  const all = points.map((_, i) => i);
  const leftOut =
    points.length > LEAST
      ? all.map(i => ({ scale: points[i].scale, verdict: attempt(() => verdictOf(rest(all.filter(j => j !== i)))) }))
      : [];
  const thinned =
    points.length >= 2 * LEAST
      ? [0, 1].map(from => ({ from, verdict: attempt(() => verdictOf(rest(all.filter(i => i % 2 === from)))) }))
      : [];
  const others = [...leftOut, ...thinned];
  return {
    metrics: curvesOf(task, p.length === points.length ? p : points.map(() => undefined)).map(curve =>
      readingOf(curve, threshold),
    ),
    leftOut,
    thinned,
    same: others.length === 0 ? null : others.filter(other => other.verdict === verdict).length / others.length,
  };
};

const attempt = (of: () => string): string => {
  try {
    return of();
  } catch {
    return "too few scales";
  }
};

const readingOf = ({ metric, form, scale, value }: Curve, threshold: number): MetricReading => {
  const deltas = Object.fromEntries(
    Object.entries(axes).map(([axis, of]) => [axis, gaussianModels(of(scale), value).deltaJump]),
  ) as { [axis in Axis]: number };
  const jump = Object.fromEntries(Object.entries(deltas).map(([axis, delta]) => [axis, delta >= threshold])) as {
    [axis in Axis]: boolean;
  };
  const line = extrapolate(axes["ln scale"](scale), value);
  return {
    metric,
    form,
    scale,
    value,
    deltaJump: deltas,
    jump,
    foreseen: Math.abs(line.z[line.z.length - 1]) <= line.tQuantile,
  };
};
