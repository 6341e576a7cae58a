import { bottomTicks, fittingTicks, lineHeight } from "./axes.ts";
import type { CellAxis } from "./cell-axis.ts";
import { type CellFrame, cellFrame, theoryLines } from "./cell-frame.ts";
import { markPath } from "./cell-mark.ts";
import { colourScale } from "./colour-scale.ts";
import { filledCells } from "./filled-cells.ts";
import type { KeyEntry } from "./key.ts";
import type { Point } from "./line-marks.ts";
import { domainOf, scaleOf } from "./scale.ts";
import type { Surface } from "./surface.ts";
import { type Drawing, element, type SvgElement } from "./svg.ts";
import { textAt, textWidth, wrapped } from "./text.ts";
import { type Description, ink, picture } from "./theme.ts";

export interface HeatCell {
  /** From the left and from the bottom, both from 0. */
  readonly column: number;
  readonly row: number;
  /** Null where there is none. */
  readonly value: number | null;
}

export interface HeatMap extends Description {
  readonly x: CellAxis;
  readonly y: CellAxis;
  readonly cells: readonly HeatCell[];
  /** Quantity and unit of the values. */
  readonly value: string;
  /** What the cells without a value are. */
  readonly missing?: string;
  /** Predicted lines, in the units of the axes. */
  readonly theory?: readonly (readonly Point[])[];
}

/** Colours that are told apart. */
const SHADES = 64;
const BAR = 10;
/** From the bar to the middle of its numbers, and below them. */
const NUMBERS = 26;
const EDGE = 4;

/** Numbers over two controls as colours, with the bar that says which. Throws when a value has no place on its axis. */
export const heatMap = (chart: HeatMap, surface: Surface): Drawing => {
  const { cells, theory = [], missing = "no value" } = chart;
  const key: readonly KeyEntry[] = [
    ...(cells.some(({ value }) => value === null) ? [{ sample: "cell" as const, text: missing, ...MISSING }] : []),
    ...(theory.length > 0 ? [{ sample: "dashed" as const, text: "theory" }] : []),
  ];
  const title = wrapped(chart.value, surface.width - 2 * EDGE);
  const layout = cellFrame({ ...chart, key }, surface, title.length * lineHeight + BAR + NUMBERS);
  const values = cells.flatMap(({ value }) => (value === null ? [] : [value]));
  const domain = domainOf({ label: chart.value }, values);
  const [low, high] = domain;
  const shadeOf = (value: number): number =>
    Math.max(0, Math.min(SHADES - 1, Math.floor((SHADES * (value - low)) / (high - low))));
  const columns = chart.x.values.length;
  const byPlace = new Map(cells.map(({ column, row, value }) => [row * columns + column, value]));
  const fills = colourScale(SHADES).map(colour => ({ colour, opacity: 1 }));
  return picture(chart, { width: surface.width, height: layout.height }, [
    ...filledCells(layout, fills, (column, row) => {
      const value = byPlace.get(row * columns + column) ?? null;
      return value === null ? -1 : shadeOf(value);
    }),
    ...crosses(layout, cells),
    ...theoryLines(theory, layout),
    ...layout.around,
    ...(values.length > 0 ? colourBar(chart.value, title, domain, layout, surface.width) : []),
  ]);
};

const MISSING = { mark: "cross", colour: "none" } as const;

/** A sign in each cell without a value. */
const crosses = ({ xEdges, yEdges }: CellFrame, cells: readonly HeatCell[]): SvgElement[] => {
  const places = cells
    .filter(({ value }) => value === null)
    .map(({ column, row }): [number, number] => [
      (xEdges[column] + xEdges[column + 1]) / 2,
      (yEdges[row] + yEdges[row + 1]) / 2,
    ]);
  return places.length === 0
    ? []
    : [element("path", { "data-mark": "missing", d: markPath("cross", places), fill: "none", stroke: ink })];
};

const colourBar = (
  label: string,
  title: readonly string[],
  domain: readonly [number, number],
  { frame: { left, right } }: CellFrame,
  width: number,
): SvgElement[] => {
  const top = title.length * lineHeight + 2;
  const axis = { label };
  // Numbers at its ends stay in the picture.
  const { tickSets } = scaleOf(axis, domain, [0, 1]);
  const half = tickSets.flat().reduce((most, { text }) => Math.max(most, textWidth(text) / 2), 0) + EDGE;
  const bar = { left: Math.max(left, half), right: Math.min(right, width - half), top, bottom: top + BAR };
  const scale = scaleOf(axis, domain, [bar.left, bar.right]);
  const shades = colourScale(SHADES);
  const edges = Array.from({ length: SHADES + 1 }, (_, i) => bar.left + ((bar.right - bar.left) * i) / SHADES);
  return [
    ...title.map((line, i) => textAt(EDGE, (i + 0.5) * lineHeight, line, { anchor: "start" })),
    ...filledCells(
      { xEdges: edges, yEdges: [bar.bottom, bar.top] },
      shades.map(colour => ({ colour, opacity: 1 })),
      column => column,
    ),
    bottomTicks(fittingTicks(scale, "bottom"), scale, bar),
  ];
};
