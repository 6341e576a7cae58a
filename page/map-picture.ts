import { type PhaseMapChart, phaseMap, phaseMapFrame } from "../src/charts/phase-map.ts";
import type { Surface } from "../src/charts/surface.ts";
import { element, group, pathOfLines, type SvgElement } from "../src/charts/svg.ts";
import { colours, picture } from "../src/charts/theme.ts";
import type { Settings } from "../src/contracts/field.ts";
import type { RunRecord } from "../src/contracts/protocol.ts";
import { isLandauError } from "../src/errors.ts";
import { cellAxisOf } from "../src/exhibits/sweep-map/axis.ts";
import { criticalLines } from "../src/exhibits/sweep-map/critical-lines.ts";
import { phaseLooks } from "../src/exhibits/sweep-map/phase-looks.ts";
import type { LabLink } from "../src/lab/link.ts";
import { keepLatest } from "../src/protocols/keep-latest.ts";
import { type AxisSettings, axesOf, type SweepAxes } from "../src/protocols/sweep-axes.ts";
import { sweepMap } from "../src/protocols/sweep-cells.ts";
import type { Picture } from "./picture.ts";
import type { Session } from "./session.ts";

/** A map with what is under it: which values of the two controls a place of the picture has. */
export interface MapPicture extends Picture {
  readonly axes: SweepAxes;
  /** The column and row at a place in pixels; undefined beside the map. */
  cellAt(surface: Surface, x: number, y: number): { readonly column: number; readonly row: number } | undefined;
}

/** The phases of two controls as far as runs tell them, predicted lines, and a cross-hair where the page stands. */
export const mapPicture = (
  session: Session,
  link: LabLink,
  cells: readonly RunRecord[],
  isHidden: boolean,
): MapPicture => {
  const { system, values } = session;
  const settings = { ...values.value, ...link.settings };
  const axes = axesOf(settings as unknown as AxisSettings);
  const y = axes.y!;
  const controls = system.protocols[link.protocol].settings;
  const read = cells.length > 0 ? readOrNone(cells, axes) : undefined;
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
  const here = [Number(values.value[axes.x.control]), Number(values.value[y.control])] as const;
  return {
    axes,
    name: "map",
    title: chart.title,
    height: 380,
    draw(surface) {
      const drawn = phaseMap(chart, surface);
      const { frame, x: across, y: up } = phaseMapFrame(chart, surface);
      const inside = here[0] >= axes.x.values[0] * 0.999 && here[0] <= axes.x.values.at(-1)! * 1.001;
      const [px, py] = [across.at(here[0]), up.at(here[1])];
      const marks: SvgElement[] =
        Number.isFinite(px) && Number.isFinite(py) && inside
          ? [
              element("path", {
                "data-mark": "cross-hair",
                d: pathOfLines([
                  [frame.left, py, frame.right, py],
                  [px, frame.top, px, frame.bottom],
                ]),
                ...{ stroke: colours.green, "stroke-width": 1.5, fill: "none" },
              }),
              element("circle", { cx: px, cy: py, r: 5, fill: "none", stroke: colours.green, "stroke-width": 2 }),
            ]
          : [];
      const elements = drawn.children.filter((child): child is SvgElement => typeof child !== "string");
      return picture(chart, { width: drawn.attributes.width, height: drawn.attributes.height }, [
        ...elements,
        group({}, marks),
      ]);
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

/** The predicted lines depend on all values but those of the two axes. */
const linesOf = keepLatest(
  ({ system }: Session, { protocol }: LabLink, settings: Settings, axes: SweepAxes): string =>
    JSON.stringify([system.name, protocol, axes, { ...settings, [axes.x.control]: null, [axes.y!.control]: null }]),
  ({ learner, system }, { protocol }, settings, axes) =>
    criticalLines(learner, system.protocols[protocol].settings, settings, axes),
);

const readOrNone = (cells: readonly RunRecord[], axes: SweepAxes) => {
  try {
    return sweepMap(cells, axes);
  } catch (error) {
    if (isLandauError(error)) return undefined;
    throw error;
  }
};
