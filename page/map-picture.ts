import { type PhaseMapChart, phaseMap, phaseMapFrame } from "../src/charts/phase-map.ts";
import type { Surface } from "../src/charts/surface.ts";
import { element, pathOfLines } from "../src/charts/svg.ts";
import { colours } from "../src/charts/theme.ts";
import type { Settings } from "../src/contracts/field.ts";
import { cellAxisOf } from "../src/exhibits/sweep-map/axis.ts";
import { criticalLines } from "../src/exhibits/sweep-map/critical-lines.ts";
import { phaseLooks } from "../src/exhibits/sweep-map/phase-looks.ts";
import type { LabLink } from "../src/lab/link.ts";
import { keepLatest } from "../src/protocols/keep-latest.ts";
import { type AxisSettings, axesOf, type SweepAxes, type SweepAxis } from "../src/protocols/sweep-axes.ts";
import type { Marks } from "./parts/plot.tsx";
import { type Picture, shortNumber } from "./picture.ts";
import type { Pointed, Session } from "./session.ts";
import type { MapReading } from "./workers/study-messages.ts";

/** A map with what is under it: which values of the two controls a place of the picture has. */
export interface MapPicture extends Picture {
  readonly axes: SweepAxes;
  /** Whether theory has a boundary between these two controls. */
  readonly isPredicted: boolean;
  /** The column and row at a place in pixels; undefined beside the map. */
  cellAt(surface: Surface, x: number, y: number): { readonly column: number; readonly row: number } | undefined;
  /** What is known of the cell next to values of the two controls, in words. */
  textAt(at: Pointed): string;
  /** A cross-hair at the values where the page stands, and thin lines at those that are pointed at. */
  marksAt(here: Settings, pointed: Pointed | null): Marks;
}

/** The phases of two controls as far as runs tell them, predicted lines, and a cross-hair where the page stands. */
export const mapPicture = (
  session: Session,
  link: LabLink,
  read: MapReading | undefined,
  isHidden: boolean,
): MapPicture => {
  const { system, values } = session;
  const settings = { ...values.peek(), ...link.settings };
  const axes = axesOf(settings as unknown as AxisSettings);
  const y = axes.y!;
  const controls = system.protocols[link.protocol].settings;
  const theory = isHidden ? [] : linesOf(session, link, settings, axes);
  const counts = read?.cells.filter(({ count }) => count > 0).length ?? 0;
  const chart: PhaseMapChart = {
    title: `Phases over ${axes.x.control} and ${y.control}`,
    description: read
      ? `Runs at ${counts} of ${read.cells.length} cells; phases ${read.reading.labels.join(", ")}.`
      : "No run yet: the predicted boundary alone.",
    x: { ...cellAxisOf(axes.x, controls), label: axes.x.control },
    y: { ...cellAxisOf(y, controls), label: y.control },
    phases: read ? phaseLooks(read.reading.labels) : [],
    cells: read
      ? read.cells.map(({ column, row, label, agreement }, i) => ({
          ...{ column, row, agreement },
          phase: read.reading.labels.indexOf(label ?? read.reading.cells[i].label),
          probabilities: read.reading.labels.map(each => read.reading.cells[i].probabilities[each] ?? 0),
        }))
      : [],
    boundaries: read !== undefined && read.reading.labels.length > 1,
    theory,
  };
  const isInside = ({ values }: SweepAxis, at: number): boolean =>
    at >= values[0] - 1e-3 * Math.abs(values[0]) && at <= values[values.length - 1] * 1.001;
  return {
    axes,
    isPredicted: theory.length > 0,
    name: "map",
    title: chart.title,
    height: 380,
    draw: surface => phaseMap(chart, surface),
    marksAt: (here, pointed) => surface => {
      const { frame, x: across, y: up } = phaseMapFrame(chart, surface);
      const lines = (at: Settings | Pointed): [number, number, number, number][] => [
        ...(isInside(y, Number(at[y.control]))
          ? [[frame.left, up.at(Number(at[y.control])), frame.right, up.at(Number(at[y.control]))] as never]
          : []),
        ...(isInside(axes.x, Number(at[axes.x.control]))
          ? [
              [
                across.at(Number(at[axes.x.control])),
                frame.top,
                across.at(Number(at[axes.x.control])),
                frame.bottom,
              ] as never,
            ]
          : []),
      ];
      const [own, other] = [lines(here), pointed ? lines(pointed) : []];
      const stroke = { stroke: colours.green, fill: "none" };
      return [
        ...(own.length === 2
          ? [
              element("path", { "data-mark": "cross-hair", d: pathOfLines(own), "stroke-width": 1.5, ...stroke }),
              element("circle", {
                "data-mark": "here",
                cx: own[1][0],
                cy: own[0][1],
                r: 5,
                "stroke-width": 2,
                ...stroke,
              }),
            ]
          : []),
        ...(other.length > 0
          ? [element("path", { "data-mark": "pointed", d: pathOfLines(other), "stroke-dasharray": "2,3", ...stroke })]
          : []),
      ];
    },
    textAt(at) {
      const [column, row] = [nearest(axes.x.values, at[axes.x.control]), nearest(y.values, at[y.control])];
      const place = `${axes.x.control} ${shortNumber(axes.x.values[column])}, ${y.control} ${shortNumber(y.values[row])}`;
      const i = read?.cells.findIndex(cell => cell.column === column && cell.row === row) ?? -1;
      if (!read || i < 0) return `${place}: no run`;
      const { label, count, agreement, order } = read.cells[i];
      if (label === null) return `${place}: not run; phase ${read.reading.cells[i].label}, read from its neighbours`;
      const mean = order ? `, ${session.learner.order.label} ${shortNumber(order.mean)}` : "";
      return `${place}: phase ${label} in ${Math.round(agreement! * count)} of ${count} runs${mean}`;
    },
    cellAt(surface, x, y) {
      const { xEdges, yEdges } = phaseMapFrame(chart, surface);
      const column = xEdges.findIndex((edge, i) => i + 1 < xEdges.length && x >= edge && x < xEdges[i + 1]);
      const row = yEdges.findIndex((edge, i) => i + 1 < yEdges.length && y <= edge && y > yEdges[i + 1]);
      return column < 0 || row < 0 ? undefined : { column, row };
    },
    table: () => ({
      columns: [axes.x.control, y.control, "phase", "runs", "agreement", "probability"],
      rows: (read?.cells ?? []).map(({ column, row, label, count, agreement }, i) => [
        axes.x.values[column],
        y.values[row],
        label ?? `${read!.reading.cells[i].label} (read from neighbours)`,
        count,
        agreement ?? "",
        read!.reading.cells[i].sure,
      ]),
    }),
  };
};

/** The place of the value that is nearest. */
export const nearest = (values: readonly number[], at: number): number => {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (Math.abs(values[i] - at) < Math.abs(values[best] - at)) best = i;
  return best;
};

/** The predicted lines depend on all values but those of the two axes. */
const linesOf = keepLatest(
  ({ system }: Session, { protocol }: LabLink, settings: Settings, axes: SweepAxes): string =>
    JSON.stringify([system.name, protocol, axes, { ...settings, [axes.x.control]: null, [axes.y!.control]: null }]),
  ({ learner, system }, { protocol }, settings, axes) =>
    criticalLines(learner, system.protocols[protocol].settings, settings, axes),
);
