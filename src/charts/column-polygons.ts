import { arrow, dot, line, link, plot, rect, ruleY, text } from "@observablehq/plot";
import { convexHull } from "../numerics/convex-hull.ts";
import { key } from "./key.ts";
import type { Surface } from "./surface.ts";
import { asImage, colours, type Description, fontSize, ink, themed } from "./theme.ts";

export interface PolygonPanel {
  readonly title: string;
  /** Up to two short lines under the title. */
  readonly lines: readonly string[];
  /** The columns of a 2 x c matrix. */
  readonly columns: readonly (readonly [number, number])[];
  /** One bias per column. */
  readonly bias: readonly number[];
  /** Whether the output of a column is alive; the others are vestigial. */
  readonly live: readonly boolean[];
  readonly colour: string;
}

export interface ColumnPolygons extends Description {
  readonly rows: readonly { readonly name?: string; readonly panels: readonly PolygonPanel[] }[];
}

/** Pixels above a panel's drawing for its title and lines, and below it for the bars of the biases. */
const head = 48;
const strip = 68;
const rowName = 18;
const largestPanel = 190;
/** Columns shorter than this would put their number on the origin; the bars name them. */
const shortest = 0.25;

/**
 * Columns as arrows from the origin inside their convex hull, to one scale for all panels and with equal axes; under each
 * panel the biases as bars, numbered by column. The height of the surface is an upper bound: the picture is as high as
 * its rows.
 */
export const columnPolygons = (chart: ColumnPolygons, { document, width, height }: Surface): SVGSVGElement => {
  const { rows } = chart;
  const across = Math.max(1, ...rows.map(row => row.panels.length));
  const names = rows.some(row => row.name !== undefined) ? rowName : 0;
  const top = 26;
  const room = (height - top) / Math.max(1, rows.length) - head - strip - names;
  const side = Math.max(60, Math.min(largestPanel, (width - 8) / across, room));
  const pitch = Math.min((width - 8) / across, 1.4 * side);
  const rowHeight = names + head + side + strip;
  const panels = rows.flatMap(({ panels }, row) => panels.map((panel, column) => ({ panel, row, column })));
  const reach = 1.22 * Math.max(0.5, ...panels.flatMap(({ panel }) => panel.columns.map(([x, y]) => Math.hypot(x, y))));
  const tallest = Math.max(1e-9, ...panels.flatMap(({ panel }) => panel.bias.map(Math.abs)));

  // Everything is placed in pixels of the whole picture, so that a unit is the same length both ways.
  const unit = side / (2 * reach);
  const placed = panels.map(({ panel, row, column }) => {
    const x = (width - across * pitch) / 2 + (column + 0.5) * pitch;
    const y = top + row * rowHeight + names + head + side / 2;
    const at = ([u, v]: readonly [number, number]) => ({ x: rounded(x + unit * u), y: rounded(y - unit * v) });
    return { panel, x, y, at };
  });
  const columns = placed.flatMap(({ panel, x, y, at }, index) =>
    panel.columns.map((column, number) => ({
      ...at(column),
      x0: x,
      y0: y,
      z: index,
      live: panel.live[number] === true,
      long: Math.hypot(...column) >= shortest,
      number: String(number + 1),
      label: at(outward(column, 10 / unit)),
      colour: panel.colour,
    })),
  );
  const barWidth = Math.min(13, (side - 30) / Math.max(1, ...panels.map(({ panel }) => panel.bias.length)));
  const bars = placed.flatMap(({ panel, x, y }) =>
    panel.bias.map((value, number) => {
      const centre = x + (number - (panel.bias.length - 1) / 2) * barWidth;
      const zero = y + side / 2 + 22;
      return {
        x1: centre - barWidth / 2 + 1.5,
        x2: centre + barWidth / 2 - 1.5,
        y1: zero,
        y2: zero - (value / tallest) * 20,
        zero,
        centre,
        bottom: zero + 30,
        live: panel.live[number] === true,
        number: String(number + 1),
        colour: panel.colour,
      };
    }),
  );
  const live = columns.filter(column => column.live);
  const vestigial = columns.filter(column => !column.live);
  const used = top + rows.length * rowHeight;
  const drawn = plot({
    ...themed({ document, width, height: used }, chart),
    margin: 0,
    color: { type: "identity" },
    x: { domain: [0, width], range: [0, width], axis: null },
    y: { domain: [0, used], range: [0, used], axis: null },
    marks: [
      line(outlines(columns), {
        x: "x",
        y: "y",
        z: "z",
        stroke: "colour",
        fill: "colour",
        fillOpacity: 0.12,
        strokeWidth: 1,
        curve: "linear-closed",
      }),
      link(
        vestigial.filter(column => column.long),
        {
          x1: "x0",
          y1: "y0",
          x2: "x",
          y2: "y",
          stroke: colours.grey,
          strokeDasharray: "3,2",
        },
      ),
      arrow(live, {
        x1: "x0",
        y1: "y0",
        x2: "x",
        y2: "y",
        stroke: "colour",
        strokeWidth: 2,
        headLength: 6,
      }),
      dot(vestigial, { x: "x", y: "y", r: 3.5, stroke: colours.grey, strokeWidth: 1.75 }),
      text(
        columns.filter(column => column.long),
        {
          x: column => column.label.x,
          y: column => column.label.y,
          text: "number",
          fontSize: fontSize - 1,
          fill: ink,
        },
      ),
      rect(
        bars.filter(bar => bar.live),
        { x1: "x1", x2: "x2", y1: "y1", y2: "y2", fill: "colour" },
      ),
      rect(
        bars.filter(bar => !bar.live),
        { x1: "x1", x2: "x2", y1: "y1", y2: "y2", stroke: colours.grey, strokeWidth: 1.25 },
      ),
      link(bars, { x1: "x1", x2: "x2", y1: "zero", y2: "zero", stroke: ink, strokeWidth: 0.75, strokeOpacity: 0.6 }),
      text(bars, { x: "centre", y: "bottom", text: "number", fontSize: fontSize - 2, fill: ink }),
      text(placed, {
        x: "x",
        y: ({ y }) => y - side / 2 - 38,
        text: ({ panel }) => panel.title,
        fontSize: fontSize + 2,
        fontWeight: "bold",
        fill: ink,
      }),
      ...[0, 1].map(index =>
        text(placed, {
          x: "x",
          y: ({ y }) => y - side / 2 - 22 + 13 * index,
          text: ({ panel }) => panel.lines[index] ?? "",
          fontSize: fontSize - 1,
          fill: ink,
        }),
      ),
      text(
        rows.map(({ name = "" }, row) => ({ name, y: top + row * rowHeight + rowName / 2 - 2 })),
        {
          x: (width - across * pitch) / 2 + 8,
          y: "y",
          text: "name",
          textAnchor: "start",
          fontWeight: "bold",
          fill: ink,
        },
      ),
      ...(names > 0 && rows.length > 1
        ? [
            ruleY(
              rows.slice(1).map((_, row) => top + (row + 1) * rowHeight - 4),
              { strokeOpacity: 0.2 },
            ),
          ]
        : []),
    ],
  });
  const svg = asImage(drawn);
  svg.append(
    key(
      document,
      [
        { sample: "arrow", text: "live column" },
        ...(vestigial.length > 0 ? [{ sample: "ring", text: "vestigial column", colour: colours.grey } as const] : []),
        { sample: "bar", text: `bias (tallest ${tallest.toFixed(2)})` },
      ],
      { right: width - 8, y: 12 },
    ),
  );
  return svg;
};

/** To a thousandth of a pixel, so that the last bits of a column do not decide at which vertex the hull starts. */
const rounded = (pixels: number): number => Math.round(1000 * pixels) / 1000;

/** The point `distance` further out than a column's tip. */
const outward = ([x, y]: readonly [number, number], distance: number): readonly [number, number] => {
  const length = Math.hypot(x, y);
  return length === 0 ? [0, 0] : [x * (1 + distance / length), y * (1 + distance / length)];
};

/** The corners of each panel's convex hull, in order. Plot's own mark for hulls brings a library of triangulation. */
const outlines = <Column extends { readonly x: number; readonly y: number; readonly z: unknown }>(
  columns: readonly Column[],
): readonly Column[] =>
  [...new Set(columns.map(({ z }) => z))].flatMap(z => {
    const own = columns.filter(column => column.z === z);
    return convexHull(own.map(({ x, y }) => [x, y] as const)).map(corner => own[corner]);
  });
