import { barY, plot, ruleX, text, tickY } from "@observablehq/plot";
import { key } from "./key.ts";
import type { Surface } from "./surface.ts";
import { asImage, axisRules, type Description, ink, themed } from "./theme.ts";

export interface Category {
  readonly label: string;
  readonly count: number;
  /** Written above the bar; the count when absent. */
  readonly text?: string;
  /** 95 % interval of the fraction; none when absent. */
  readonly interval?: readonly [number, number];
  /** The fraction expected, with its range. */
  readonly expected?: { readonly fraction: number; readonly range: readonly [number, number] };
  readonly colour: string;
}

export interface CategoryHistogram extends Description {
  /** What the categories are. */
  readonly xLabel: string;
  readonly yLabel: string;
  /** The number of which `count` is a part. */
  readonly total: number;
  readonly categories: readonly Category[];
  /** Words of the key for the two kinds of mark. */
  readonly measured: string;
  readonly expected?: string;
}

/** Widest step from one bar to the next, in pixels. */
const WIDEST = 150;

/** Fractions of a whole as bars with whiskers, each beside the fraction expected. */
export const categoryHistogram = (chart: CategoryHistogram, surface: Surface): SVGSVGElement => {
  const { categories, total } = chart;
  const marginLeft = 52;
  const padding = 0.2;
  // A few bars stay bars: what is left of the width stays empty.
  const room = surface.width - marginLeft - 16;
  const step = Math.min(WIDEST, room / (categories.length + padding));
  const marginRight = surface.width - marginLeft - step * (categories.length + padding);
  const band = step * (1 - padding);
  const expectations = categories.filter(category => category.expected !== undefined);
  const expectedWidth = expectations.length > 0 ? band * 0.32 : 0;
  const whiskerShift = -expectedWidth / 2;
  const expectedShift = (band - expectedWidth) / 2;
  const rows = categories.map(category => ({
    ...category,
    fraction: category.count / total,
    // A number as it is: Plot then sets figures of one width.
    text: category.text ?? category.count,
    low: category.interval?.[0] ?? category.count / total,
    high: category.interval?.[1] ?? category.count / total,
  }));
  const whiskers = rows.filter(({ interval }) => interval !== undefined);
  const expected = expectations.map(({ label, expected }) => ({
    label,
    fraction: expected!.fraction,
    low: expected!.range[0],
    high: expected!.range[1],
  }));
  const top = Math.max(...rows.map(row => row.high), ...expected.map(row => row.high));
  const cap = (end: "low" | "high") =>
    tickY(whiskers, {
      x: "label",
      y: end,
      insetLeft: (band - expectedWidth) / 2 - 4,
      insetRight: (band + expectedWidth) / 2 - 4,
    });
  const drawn = plot({
    ...themed(surface, chart),
    marginTop: 44,
    marginRight,
    marginBottom: 42,
    marginLeft,
    color: { type: "identity" },
    x: { type: "band", domain: categories.map(category => category.label), label: chart.xLabel, padding, round: false },
    y: { label: chart.yLabel, domain: [0, Math.min(1, top * 1.12)], nice: true },
    marks: [
      ...axisRules(),
      barY(rows, { x: "label", y: "fraction", fill: "colour", fillOpacity: 0.85, insetRight: expectedWidth }),
      ruleX(whiskers, { x: "label", y1: "low", y2: "high", stroke: ink, strokeWidth: 1.25, dx: whiskerShift }),
      cap("low"),
      cap("high"),
      text(rows, { x: "label", y: "high", text: "text", dx: whiskerShift, dy: -8, fontWeight: "bold", fill: ink }),
      ruleX(expected, {
        x: "label",
        y1: "low",
        y2: "high",
        stroke: ink,
        strokeWidth: 4,
        strokeOpacity: 0.3,
        dx: expectedShift,
      }),
      tickY(expected, {
        x: "label",
        y: "fraction",
        stroke: ink,
        strokeWidth: 2,
        insetLeft: band - expectedWidth + 3,
        insetRight: 3,
      }),
    ],
  });
  const svg = asImage(drawn);
  svg.append(
    key(
      surface.document,
      [
        { sample: "whisker", text: chart.measured },
        ...(chart.expected === undefined ? [] : [{ sample: "range" as const, text: chart.expected }]),
      ],
      { right: surface.width - 16, y: 12 },
    ),
  );
  return svg;
};
