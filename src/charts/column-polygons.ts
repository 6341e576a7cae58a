import { convexHull } from "../numerics/convex-hull.ts";
import { lineHeight } from "./axes.ts";
import { headerOf } from "./header.ts";
import type { Surface } from "./surface.ts";
import { type Drawing, element, group, pathOfLines, pathThrough, type SvgElement } from "./svg.ts";
import { cutTo, textAt, textWidth, wrapped } from "./text.ts";
import { colours, type Description, fontSize, ink, picture } from "./theme.ts";

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
const HEAD = 48;
const STRIP = 68;
const SMALLEST_PANEL = 80;
const LARGEST_PANEL = 190;
/** Columns shorter than this would put their number on the origin; the bars name them. */
const SHORTEST = 0.25;
/** From the tip of a column to its number. */
const TO_NUMBER = 10;
const EDGE = 4;
const BESIDE = 8;
const nameStyle = { bold: true };
const titleStyle = { size: fontSize + 2, bold: true };
const lineStyle = { size: fontSize - 1 };

/**
 * Columns as arrows from the origin inside their convex hull, to one scale for all panels and with equal axes; under each
 * panel the biases as bars, numbered by column. Panels that do not fit side by side continue below.
 */
export const columnPolygons = (chart: ColumnPolygons, { width, height }: Surface): Drawing => {
  const panels = chart.rows.flatMap(row => row.panels);
  const across = acrossOf(chart, width);
  const rows = chart.rows.flatMap(row => brokenAfter(across, row));
  const tallest = Math.max(1e-9, ...panels.flatMap(({ bias }) => bias.map(Math.abs)));
  const hasVestigial = panels.some(({ live }) => live.includes(false));
  const header = headerOf(
    "",
    [
      { sample: "arrow", text: "live column" },
      ...(hasVestigial ? [{ sample: "ring", text: "vestigial column", colour: colours.grey } as const] : []),
      { sample: "bar", text: `bias (tallest ${tallest.toFixed(2)})` },
    ],
    width,
  );
  const names = rows.map(({ name }) => (name === undefined ? [] : wrapped(name, width - 4 * EDGE, nameStyle)));
  const nameHeights = names.map(({ length }) => (length === 0 ? 0 : length * lineHeight + 3));
  const taken = header.height + nameHeights.reduce((a, b) => a + b, 0) + rows.length * (HEAD + STRIP);
  const room = (height - taken) / Math.max(1, rows.length);
  const most = Math.max(1, ...rows.map(row => row.panels.length));
  const widest = (width - 2 * EDGE) / most;
  // Where panels wrap, the height is free.
  const side = Math.max(
    SMALLEST_PANEL,
    Math.min(LARGEST_PANEL, widest, rows.length > chart.rows.length ? widest : room),
  );
  const pitch = Math.min(widest, Math.max(1.4 * side, textRoom(chart)));
  const longest = Math.max(0.5, ...panels.flatMap(({ columns }) => columns.map(([x, y]) => Math.hypot(x, y))));
  const unit = (side / 2 - TO_NUMBER - 6) / longest;
  const barWidth = Math.min(13, (side - 30) / Math.max(1, ...panels.map(({ bias }) => bias.length)));

  const elements: SvgElement[] = [];
  let top = header.height + 4;
  rows.forEach(({ name, panels }, row) => {
    const left = (width - most * pitch) / 2;
    if (row > 0 && name !== undefined)
      elements.push(
        element("path", {
          d: pathOfLines([[0, top - 6, width, top - 6]]),
          fill: "none",
          stroke: ink,
          "stroke-opacity": 0.2,
        }),
      );
    names[row].forEach((line, i) => {
      elements.push(
        textAt(
          Math.min(left + 2 * EDGE, width - EDGE - textWidth(line, nameStyle)),
          top + (i + 0.5) * lineHeight,
          line,
          {
            ...nameStyle,
            anchor: "start",
          },
        ),
      );
    });
    const y = top + nameHeights[row] + HEAD + side / 2;
    panels.forEach((panel, column) => {
      const place = { x: left + (column + 0.5) * pitch, y, side, pitch, unit, barWidth, tallest };
      elements.push(group({}, [...headMarks(panel, place), ...columnMarks(panel, place), ...biasMarks(panel, place)]));
    });
    top += nameHeights[row] + HEAD + side + STRIP;
  });
  return picture(chart, { width, height: top }, [...header.elements, ...elements]);
};

type Row = ColumnPolygons["rows"][number];

/** Width that the titles of the panels need, in pixels. */
const textRoom = ({ rows }: ColumnPolygons): number => {
  const widths = rows.flatMap(({ panels }) =>
    panels.flatMap(({ title, lines }) => [
      textWidth(title, titleStyle),
      ...lines.map(line => textWidth(line, lineStyle)),
    ]),
  );
  return Math.max(SMALLEST_PANEL, ...widths) + BESIDE;
};

const acrossOf = (chart: ColumnPolygons, width: number): number =>
  Math.max(1, Math.floor((width - 2 * EDGE) / textRoom(chart)));

/** A row in pieces of at most `across` panels, the first of which has its name. */
const brokenAfter = (across: number, { name, panels }: Row): readonly Row[] =>
  Array.from({ length: Math.max(1, Math.ceil(panels.length / across)) }, (_, i) => ({
    ...(i === 0 && name !== undefined && { name }),
    panels: panels.slice(i * across, (i + 1) * across),
  }));

interface PanelPlace {
  /** Middle of the drawing, in pixels, its side and the distance to the next. */
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly pitch: number;
  /** Pixels of a unit. */
  readonly unit: number;
  readonly barWidth: number;
  /** The largest bias. */
  readonly tallest: number;
}

const headMarks = ({ title, lines }: PolygonPanel, { x, y, side, pitch }: PanelPlace): SvgElement[] => [
  textAt(x, y - side / 2 - 38, cutTo(title, pitch - 2, titleStyle), titleStyle),
  ...lines
    .slice(0, 2)
    .map((line, i) => textAt(x, y - side / 2 - 22 + 13 * i, cutTo(line, pitch - 2, lineStyle), lineStyle)),
];

const columnMarks = ({ columns, live, colour }: PolygonPanel, { x, y, unit }: PanelPlace): SvgElement[] => {
  const at = ([u, v]: readonly [number, number]): readonly [number, number] => [
    rounded(x + unit * u),
    rounded(y - unit * v),
  ];
  const tips = columns.map(at);
  const isLong = (i: number): boolean => Math.hypot(...columns[i]) >= SHORTEST;
  const hull = convexHull(tips).map(corner => tips[corner]);
  const marks = tips.map((tip, i) => {
    if (live[i]) return arrow([x, y], tip, colour);
    const ring = element("circle", {
      ...{ cx: tip[0], cy: tip[1], r: 3.5, fill: "none" },
      ...{ stroke: colours.grey, "stroke-width": 1.75 },
    });
    const line = element("path", {
      d: pathThrough([[x, y], tip]),
      ...{ fill: "none", stroke: colours.grey, "stroke-width": 1.5, "stroke-dasharray": "3,2" },
    });
    return group({}, isLong(i) ? [line, ring] : [ring]);
  });
  const numbers = columns.flatMap((column, i) =>
    isLong(i) ? [{ text: String(i + 1), place: at(outward(column, TO_NUMBER / unit)) }] : [],
  );
  const collide = (a: (typeof numbers)[number], b: (typeof numbers)[number]): boolean =>
    Math.abs(a.place[0] - b.place[0]) < (textWidth(a.text, lineStyle) + textWidth(b.text, lineStyle)) / 2 + 1 &&
    Math.abs(a.place[1] - b.place[1]) < lineStyle.size;
  const seen = numbers.filter((number, i) => !numbers.slice(0, i).some(other => collide(number, other)));
  return [
    ...(hull.length > 0
      ? [
          element("path", {
            "data-mark": "hull",
            d: `${pathThrough(hull)}Z`,
            ...{ fill: colour, "fill-opacity": 0.12, stroke: colour },
          }),
        ]
      : []),
    ...marks,
    ...seen.map(({ text, place }) => textAt(...place, text, lineStyle)),
  ];
};

const HEAD_LENGTH = 8;

/** A line with two strokes at its tip, each turned by 30 degrees. */
const arrow = (from: readonly [number, number], tip: readonly [number, number], colour: string): SvgElement => {
  const [dx, dy] = [tip[0] - from[0], tip[1] - from[1]];
  const length = Math.hypot(dx, dy) || 1;
  const head = Math.min(HEAD_LENGTH, length / 2) / length;
  const [cos, sin] = [Math.sqrt(3) / 2, 0.5];
  const stroke = (side: 1 | -1): readonly [number, number] => [
    tip[0] - head * (cos * dx - side * sin * dy),
    tip[1] - head * (side * sin * dx + cos * dy),
  ];
  return element("path", {
    "data-mark": "arrow",
    d: pathThrough([from, tip]) + pathThrough([stroke(1), tip, stroke(-1)]),
    ...{ fill: "none", stroke: colour, "stroke-width": 2 },
  });
};

const biasMarks = (
  { bias, live, colour }: PolygonPanel,
  { x, y, side, barWidth, tallest }: PanelPlace,
): SvgElement[] => {
  const zero = y + side / 2 + 22;
  const middle = (i: number): number => x + (i - (bias.length - 1) / 2) * barWidth;
  const half = barWidth / 2 - Math.min(1.5, barWidth / 6);
  const size = fontSize - 2;
  const widest = textWidth(String(bias.length), { size });
  // One number in so many that they keep apart.
  const every = Math.ceil((widest + 2) / barWidth);
  return [
    ...bias.map((value, i) => {
      const tall = (value / tallest) * 20;
      return element("rect", {
        ...{ x: middle(i) - half, y: zero - Math.max(0, tall), width: 2 * half, height: Math.abs(tall) },
        ...(live[i] ? { fill: colour } : { fill: "none", stroke: colours.grey, "stroke-width": 1.25 }),
      });
    }),
    element("path", {
      d: pathOfLines(bias.map((_, i) => [middle(i) - half, zero, middle(i) + half, zero])),
      ...{ fill: "none", stroke: ink, "stroke-width": 0.75, "stroke-opacity": 0.6 },
    }),
    ...bias.flatMap((_, i) => (i % every === 0 ? [textAt(middle(i), zero + 30, String(i + 1), { size })] : [])),
  ];
};

/** To a thousandth of a pixel, so that the last bits of a column do not decide at which vertex the hull starts. */
const rounded = (pixels: number): number => Math.round(1000 * pixels) / 1000;

/** The point `distance` further out than a column's tip. */
const outward = ([x, y]: readonly [number, number], distance: number): readonly [number, number] => {
  const length = Math.hypot(x, y);
  return length === 0 ? [0, 0] : [x * (1 + distance / length), y * (1 + distance / length)];
};
