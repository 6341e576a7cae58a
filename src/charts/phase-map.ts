import type { CellAxis } from "./cell-axis.ts";
import { type CellFrame, cellFrame, onGround, theoryLines } from "./cell-frame.ts";
import { type CellMark, markPath } from "./cell-mark.ts";
import { type Fill, filledCells } from "./filled-cells.ts";
import type { KeyEntry } from "./key.ts";
import { type CornerField, levelBand, levelLines } from "./level-set.ts";
import type { Point } from "./line-marks.ts";
import type { Surface } from "./surface.ts";
import { type Drawing, element, pathOfLines, type SvgElement } from "./svg.ts";
import { type Description, ink, page, picture } from "./theme.ts";

export interface MapPhase {
  readonly label: string;
  readonly colour: string;
  /** What tells it apart without colour. */
  readonly mark: CellMark;
}

export interface MapCell {
  /** From the left and from the bottom, both from 0. */
  readonly column: number;
  readonly row: number;
  /** Its phase, by its place among those of the map. */
  readonly phase: number;
  /** Share of its runs that end in that phase; null where none was done and the phase is read from elsewhere. */
  readonly agreement: number | null;
  /** Of each phase of the map to be that of the cell. */
  readonly probabilities?: readonly number[];
}

export interface PhaseMapChart extends Description {
  readonly x: CellAxis;
  readonly y: CellAxis;
  readonly phases: readonly MapPhase[];
  readonly cells: readonly MapCell[];
  /** Draws the lines between phases and the bands in which they may lie, from the probabilities that all cells then have. */
  readonly boundaries?: boolean;
  /** Predicted lines, in the units of the axes. */
  readonly theory?: readonly (readonly Point[])[];
}

/** A phase is said to be known where its probability is at least this. */
const SURE = 0.95;
/** Shares that are told apart by their opacity: tenths. */
const SHADES = 10;
const FAINTEST = 0.15;
const STRONGEST = 0.75;
/** Of cells that were not run. */
const READ = 0.2;
/** Distance of the signs of phases where cells are large, and the least where they are small, in pixels. */
const MARKS_APART = { x: 32, y: 24 };
const LEAST_APART = 14;

const opacityOf = (agreement: number | null): number =>
  agreement === null ? READ : FAINTEST + (STRONGEST - FAINTEST) * (Math.round(SHADES * agreement) / SHADES);

/**
 * Cells by their phase, the fainter the less their runs agree; those that were not run are ruled. Above them lie the lines between phases with the bands in
 * which they may be, and what theory predicts. Throws when a value has no place on its axis.
 */
export const phaseMap = (chart: PhaseMapChart, surface: Surface): Drawing => {
  const { phases, cells, boundaries = false, theory = [] } = chart;
  const key = keyOfMap(chart);
  const layout = cellFrame({ ...chart, key }, surface);
  const columns = chart.x.values.length;
  const byPlace = new Map(cells.map(cell => [cell.row * columns + cell.column, cell]));
  const at = (column: number, row: number): MapCell | undefined => byPlace.get(row * columns + column);
  const fills = fillsOf(phases, cells);
  return picture(chart, { width: surface.width, height: layout.height }, [
    ...filledCells(layout, fills.list, (column, row) => {
      const cell = at(column, row);
      return cell ? fills.of(cell) : -1;
    }),
    ...ruled(layout, (column, row) => at(column, row)?.agreement === null),
    ...marks(layout, phases, at),
    ...(boundaries ? boundaryMarks(layout, phases.length, at) : []),
    ...theoryLines(theory, layout),
    ...layout.around,
  ]);
};

const fillsOf = (phases: readonly MapPhase[], cells: readonly MapCell[]) => {
  const list: Fill[] = [];
  const places = new Map<string, number>();
  const nameOf = ({ phase, agreement }: MapCell): string => `${phase} ${opacityOf(agreement)}`;
  for (const cell of cells) {
    if (places.has(nameOf(cell))) continue;
    places.set(nameOf(cell), list.length);
    list.push({ colour: phases[cell.phase].colour, opacity: opacityOf(cell.agreement) });
  }
  return { list, of: (cell: MapCell): number => places.get(nameOf(cell))! };
};

type CellAt = (column: number, row: number) => MapCell | undefined;

/** A line of the page's colour through the cells of each row that were not run. */
const ruled = ({ xEdges, yEdges }: CellFrame, isRead: (column: number, row: number) => boolean): SvgElement[] => {
  const lines: [number, number, number, number][] = [];
  for (let row = 0; row + 1 < yEdges.length; row++) {
    const y = (yEdges[row] + yEdges[row + 1]) / 2;
    for (let from = 0; from + 1 < xEdges.length; from++) {
      if (!isRead(from, row)) continue;
      const start = from;
      while (from + 2 < xEdges.length && isRead(from + 1, row)) from++;
      lines.push([xEdges[start], y, xEdges[from + 1], y]);
    }
  }
  if (lines.length === 0) return [];
  return [element("path", { "data-mark": "ruled", d: pathOfLines(lines), fill: "none", stroke: page.light })];
};

/** The sign of its phase in each cell: several times in a large one, and in some of those that are small, so that signs keep apart. */
const marks = ({ xEdges, yEdges }: CellFrame, phases: readonly MapPhase[], at: CellAt): SvgElement[] => {
  const [across, up] = [markPlaces(xEdges, MARKS_APART.x), markPlaces(yEdges, MARKS_APART.y)];
  const places: [number, number][][] = phases.map(() => []);
  for (const row of up)
    for (const column of across) {
      const cell = at(column.cell, row.cell);
      if (cell) places[cell.phase].push([column.place, row.place]);
    }
  return phases.flatMap(({ mark }, phase) => {
    const d = markPath(mark, places[phase]);
    return d === "" ? [] : [element("path", { "data-mark": "phase-marks", d, ...STROKED })];
  });
};

/** Places of signs along an axis, in pixels, with the cells in which they lie. */
const markPlaces = (
  edges: readonly number[],
  apart: number,
): readonly { readonly cell: number; readonly place: number }[] => {
  const step = Math.abs(edges[edges.length - 1] - edges[0]) / (edges.length - 1);
  const stride = Math.max(1, Math.ceil(LEAST_APART / step));
  return edges.slice(1).flatMap((end, cell) => {
    if (cell % stride !== stride >> 1) return [];
    const count = Math.max(1, Math.round(Math.abs(end - edges[cell]) / apart));
    return Array.from({ length: count }, (_, i) => ({
      cell,
      place: edges[cell] + ((i + 0.5) / count) * (end - edges[cell]),
    }));
  });
};

const STROKED = { fill: "none", stroke: ink, "stroke-opacity": 0.75 };

const middles = (edges: readonly number[]): readonly number[] => edges.slice(1).map((edge, i) => (edge + edges[i]) / 2);

/** Where the most probable phase changes, and where none is sure. */
const boundaryMarks = ({ xEdges, yEdges }: CellFrame, phases: number, at: CellAt): SvgElement[] => {
  const field = (of: (probabilities: readonly number[]) => number): CornerField => {
    const [columns, rows] = [middles(xEdges), middles(yEdges)];
    const inner = (index: number, count: number): number => Math.max(0, Math.min(count - 1, index - 1));
    return {
      // As the outer cells say up to the edges of the frame.
      xs: [xEdges[0], ...columns, xEdges[xEdges.length - 1]],
      ys: [yEdges[0], ...rows, yEdges[yEdges.length - 1]],
      at: (column, row) => of(at(inner(column, columns.length), inner(row, rows.length))?.probabilities ?? []),
    };
  };
  // Of two neighbours one gives the line and the band: the first phase meets only others.
  const others = Array.from({ length: phases - 1 }, (_, i) => i + 1);
  const bands = others
    .map(phase =>
      levelBand(
        field(each => each[phase] ?? 0),
        1 - SURE,
        SURE,
      ),
    )
    .join("");
  const lines = others
    .map(phase =>
      levelLines(
        field(each => leadOf(each, phase)),
        0,
      ),
    )
    .join("");
  return [
    ...(bands === "" ? [] : [element("path", { "data-mark": "band", d: bands, fill: ink, "fill-opacity": BAND })]),
    ...(lines === "" ? [] : onGround("boundary", lines, { "stroke-width": 1.5 })),
  ];
};

const BAND = 0.2;

/** By how much a phase is more probable than the best of the others. */
const leadOf = (probabilities: readonly number[], phase: number): number =>
  probabilities.reduce(
    (least, each, other) => (other === phase ? least : Math.min(least, (probabilities[phase] ?? 0) - each)),
    1,
  );

/** Where the cells of such a map lie on a surface of a size, for what is laid over it. */
export const phaseMapFrame = (chart: PhaseMapChart, surface: Surface): CellFrame =>
  cellFrame({ ...chart, key: keyOfMap(chart) }, surface);

const keyOfMap = ({ phases, cells, boundaries, theory = [] }: PhaseMapChart): readonly KeyEntry[] => [
  ...phases.map(({ label, colour, mark }) => ({ sample: "cell" as const, text: label, colour, mark })),
  ...(cells.some(({ agreement }) => agreement !== null && agreement < 1)
    ? [{ sample: "shades" as const, text: "fainter: runs disagree" }]
    : []),
  ...(cells.some(({ agreement }) => agreement === null) ? [{ sample: "ruled" as const, text: "not run" }] : []),
  ...(boundaries
    ? [
        { sample: "line" as const, text: "boundary" },
        { sample: "band" as const, text: "not 95 % sure" },
      ]
    : []),
  ...(theory.length > 0 ? [{ sample: "dashed" as const, text: "theory" }] : []),
];
