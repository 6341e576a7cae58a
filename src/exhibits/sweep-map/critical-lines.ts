import type { Point } from "../../charts/line-chart.ts";
import type { Controls } from "../../contracts/field.ts";
import type { Learner } from "../../contracts/learner.ts";
import { isLandauError } from "../../errors.ts";
import { log } from "../../numerics/elementary.ts";
import { sweepValues } from "../../numerics/sweep-values.ts";
import type { SweepAxes, SweepAxis } from "../../protocols/sweep-axes.ts";
import type { Values } from "../seen-study.ts";
import { isWhole } from "./axis.ts";

type Line = readonly Point[];

/** Values of a control at which the critical values of the other are asked for. */
const PLACES = 160;
/** Parts of the map within which two lines are the same. */
const NEAR = 0.004;

/**
 * The predicted lines of a map: critical values of y over x, and of x over y where these are no points of the same lines, such as on an upright one. What
 * lies beyond the axes is left to be cut off. None for a sweep of one control.
 */
export const criticalLines = (
  learner: Learner,
  controls: Controls,
  settings: Values,
  { x, y }: SweepAxes,
): readonly Line[] => {
  if (y === null) return [];
  const over = (along: SweepAxis, across: SweepAxis): readonly Line[] =>
    branches(
      valuesAlong(along, controls).map(value => {
        const at = { ...settings, [across.control]: across.values[0], [along.control]: value };
        return { value, critical: criticalAt(learner, at, across.control) };
      }),
    );
  const upon = over(x, y);
  const [u, v] = [shareOf(x), shareOf(y)];
  const place = ([a, b]: Point): Point => [u(a), v(b)];
  const known = upon.map(line => line.map(place));
  const sideways = over(y, x)
    .map(line => line.map(([b, a]): Point => [a, b]))
    .flatMap(line => {
      const isNew = line.map(point => !known.some(other => distance(other, place(point)) < NEAR));
      // From the last point that is known, so that there is no gap.
      return parts(line, (_, i) => isNew[i] || isNew[i - 1] || isNew[i + 1]);
    });
  return [...upon, ...sideways];
};

/** Values of an axis from its first to its last: many, but of a whole number only its own. */
export const valuesAlong = ({ control, scale, values }: SweepAxis, controls: Controls): readonly number[] =>
  isWhole(control, controls) ? values : [...sweepValues(values[0], values[values.length - 1], PLACES, scale)];

/** Critical values of a control; none where the others do not go together. */
export const criticalAt = (learner: Learner, at: Values, control: string): readonly number[] => {
  try {
    return learner.critical?.(at)[control] ?? [];
  } catch (error) {
    if (isLandauError(error, "input")) return [];
    throw error;
  }
};

/** The first critical value over the control as a line, then the second, and so on; broken where there is none. */
const branches = (
  places: readonly { readonly value: number; readonly critical: readonly number[] }[],
): readonly Line[] => {
  const most = places.reduce((count, { critical }) => Math.max(count, critical.length), 0);
  return Array.from({ length: most }, (_, i) =>
    parts(
      places.map(({ value, critical }): Point => [value, critical[i] ?? Number.NaN]),
      ([, critical]) => Number.isFinite(critical),
    ),
  ).flat();
};

/** The parts of a line on which a condition holds. */
const parts = (line: Line, condition: (point: Point, i: number) => boolean): readonly Line[] => {
  const found: Point[][] = [[]];
  for (const [i, point] of line.entries()) {
    if (condition(point, i)) found[found.length - 1].push(point);
    else if (found[found.length - 1].length > 0) found.push([]);
  }
  return found.filter(({ length }) => length > 1);
};

/** A value as its share of the way from one end of an axis to the other, as it is drawn. */
const shareOf = ({ scale, values }: SweepAxis): ((value: number) => number) => {
  const along = (value: number): number => (scale === "log" ? log(Math.max(value, Number.MIN_VALUE)) : value);
  const [first, last] = [along(values[0]), along(values[values.length - 1])];
  return value => (along(value) - first) / (last - first);
};

const distance = (line: Line, [x, y]: Point): number => {
  let least = Infinity;
  for (let i = 1; i < line.length; i++) {
    const [ax, ay] = line[i - 1];
    const [dx, dy] = [line[i][0] - ax, line[i][1] - ay];
    const along = dx * dx + dy * dy;
    const share = along === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / along));
    const [ex, ey] = [ax + share * dx - x, ay + share * dy - y];
    least = Math.min(least, ex * ex + ey * ey);
  }
  return Math.sqrt(least);
};
