import type { Figure } from "../../charts/exhibits.ts";
import type { KeyEntry } from "../../charts/key.ts";
import type { Curve, LineChart, Point, Scatter } from "../../charts/line-chart.ts";
import { series } from "../../charts/theme.ts";
import type { RunView } from "../../contracts/run-view.ts";
import { isLandauError } from "../../errors.ts";
import type { SweepAxis } from "../../protocols/sweep-axes.ts";
import type { CellSummary, SweepMap } from "../../protocols/sweep-cells.ts";
import { chartsFigure } from "../chart-figure.ts";
import { counted, figureHead, type Values } from "../seen-study.ts";
import { controlName, isWhole } from "./axis.ts";
import { valuesAlong } from "./critical-lines.ts";
import { orderLabel, unsettledText } from "./order.ts";
import { mapOf, type SeenSweep, theoristOf } from "./seen-sweep.ts";

/** Slices of a map that are told apart in one picture. */
const MOST_SLICES = 4;

/** The order parameter of a sweep along each of its controls, at some values of the other, with standard errors over seeds and the predicted one. */
export const slicesFigure = (seen: SeenSweep, y: SweepAxis | null): Figure => {
  const { study } = seen;
  const title = `Order parameter along the ${y === null ? "control" : "controls"}`;
  const head = figureHead(study, "cell", { name: "slices", title, height: y === null ? 420 : 760 });
  return chartsFigure({
    ...head,
    description: run =>
      `${orderLabel(seen)} over each control: ${panelsOf(seen, run)
        .map(({ description }) => description)
        .join(" ")}`,
    caption(run) {
      const { cells } = mapOf(seen, run);
      const most = Math.max(...cells.map(({ order }) => order?.count ?? 0));
      const bars =
        most > 1
          ? `mean over up to ${counted(most, "run")}, whiskers one standard error`
          : "of one run each, without an error";
      const hasTheory = panelsOf(seen, run).some(({ curves }) => curves.length > 0);
      return (
        `Measured: ${orderLabel(seen)} at the end, ${bars}, as rings. ` +
        (hasTheory ? "Theory: broken lines in the same colours." : "Theory has no closed form for it.") +
        unsettledText(seen, run)
      );
    },
    charts: run => panelsOf(seen, run),
  });
};

const panelsOf = (seen: SeenSweep, run: RunView): readonly LineChart[] => {
  const map = mapOf(seen, run);
  const { x, y } = map.axes;
  const alongX = panel(seen, run, map, { along: x, other: y, at: ({ column, row }) => [column, row] });
  if (y === null) return [alongX];
  return [alongX, panel(seen, run, map, { along: y, other: x, at: ({ column, row }) => [row, column] })];
};

interface Direction {
  readonly along: SweepAxis;
  readonly other: SweepAxis | null;
  /** Place of a cell along the slice, and the number of its slice. */
  at(cell: CellSummary): readonly [along: number, slice: number];
}

const panel = (seen: SeenSweep, run: RunView, { cells }: SweepMap, { along, other, at }: Direction): LineChart => {
  const { study, controls } = seen;
  const slices = chosen(other?.values.length ?? 1);
  const drawn = slices.map((slice, i) => {
    const colour = series[i];
    const own = cells.filter(cell => at(cell)[1] === slice && cell.order !== null);
    const scatter: Scatter = {
      points: own.map((cell): Point => [along.values[at(cell)[0]], cell.order!.mean]),
      ranges: own.map(({ order }) => {
        const { mean, standardError } = order!;
        // A single run has none to show.
        const half = standardError ?? Number.NaN;
        return [mean - half, mean + half] as const;
      }),
      colour,
    };
    const settings = { ...study.settings(run), ...(other && { [other.control]: other.values[slice] }) };
    return {
      colour,
      scatter,
      curves: predicted(seen, settings, along).map(points => ({ points, colour, dashed: true })),
    };
  });
  const name = controlName(along.control, controls);
  const key: readonly KeyEntry[] = other
    ? slices.map((slice, i) => ({
        sample: "ring",
        text: `${other.control} = ${Number(other.values[slice].toPrecision(4))}`,
        colour: series[i],
      }))
    : [];
  return {
    title: `Along ${name}`,
    description: `${counted(slices.length, "slice")} along ${along.control}.`,
    x: { label: name, scale: along.scale, whole: along.scale === "linear" && isWhole(along.control, controls) },
    y: { label: orderLabel(seen) },
    curves: drawn.flatMap(({ curves }): readonly Curve[] => curves),
    scatters: drawn.map(({ scatter }) => scatter),
    key,
  };
};

/** Numbers of the slices that are drawn: the first, the last, and some between. */
const chosen = (count: number): readonly number[] => {
  const most = Math.min(count, MOST_SLICES);
  return Array.from({ length: most }, (_, i) => (most === 1 ? 0 : Math.round((i * (count - 1)) / (most - 1))));
};

/** The predicted order parameter along a slice, in parts where theory has none between. */
const predicted = (seen: SeenSweep, settings: Values, along: SweepAxis): readonly (readonly Point[])[] => {
  const theory = theoristOf(seen)?.order.theory;
  if (!theory) return [];
  const lines: Point[][] = [[]];
  for (const value of valuesAlong(along, seen.controls)) {
    const order = orNull(() => theory({ ...settings, [along.control]: value }));
    if (order !== null && Number.isFinite(order)) lines[lines.length - 1].push([value, order]);
    else if (lines[lines.length - 1].length > 0) lines.push([]);
  }
  return lines.filter(({ length }) => length > 1);
};

/** No value where the controls do not go together. */
const orNull = (value: () => number | null): number | null => {
  try {
    return value();
  } catch (error) {
    if (isLandauError(error, "input")) return null;
    throw error;
  }
};
