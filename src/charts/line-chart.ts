import { invalid } from "../errors.ts";
import {
  axisRule,
  bottomHeight,
  bottomTicks,
  bottomTitle,
  type Frame,
  fittingTicks,
  leftTicks,
  lineHeight,
  overhang,
  titleLines,
  widthOfTicks,
} from "./axes.ts";
import { headerOf } from "./header.ts";
import { type KeyEntry, keyOf } from "./key.ts";
import {
  type Curve,
  curveLine,
  type Level,
  levelLine,
  type Place,
  type Point,
  placeLine,
  type Region,
  regionShade,
  type Scales,
  type Scatter,
  type SeenCurve,
  type Span,
  scatterMarks,
  seenCurve,
  spanShade,
} from "./line-marks.ts";
import { heightOfLabels, leaderWidth, type MarginLabel, marginLabels } from "./margin-labels.ts";
import { type Axis, domainOf, scaleOf } from "./scale.ts";
import type { Surface } from "./surface.ts";
import type { Drawing } from "./svg.ts";
import { cutTo, inRows, rowCount, textAt, textWidth } from "./text.ts";
import { colours, type Description, ink, picture } from "./theme.ts";

export type { Axis, Curve, Level, Place, Point, Region, Scatter, Span };

export interface LineChart extends Description {
  readonly x: Axis;
  readonly y: Axis;
  readonly curves: readonly Curve[];
  readonly scatters?: readonly Scatter[];
  readonly levels?: readonly Level[];
  readonly places?: readonly Place[];
  readonly regions?: readonly Region[];
  /** Stretches of the x axis, as far as they lie within it; the key names them. */
  readonly spans?: readonly Span[];
  readonly key?: readonly KeyEntry[];
}

/** Room on both sides of the frame, in pixels. */
export interface Margins {
  readonly left: number;
  readonly right: number;
}

/** Labels that would take more of the width than this stand in a key below the plot. */
const MOST_FOR_LABELS = 0.4;
const LEAST_LEFT = 44;
const LEAST_RIGHT = 20;
/** Heights in pixels: the least of the plot itself, and between it and what stands above. */
const SMALLEST_PLOT = 110;
const ABOVE_PLOT = 12;
const EDGE = 4;

/**
 * Curves and raw points over labelled levels and shaded regions. Levels, places, regions and spans beyond the ends of their axis are left out. Throws when a point has no place
 * on its axis.
 */
export const lineChart = (chart: LineChart, surface: Surface, margins = marginsOf(chart, surface)): Drawing => {
  checkPoints(chart);
  const { width, height } = surface;
  const domains = domainsOf(chart);
  const [left, right] = [margins.left, width - margins.right];
  const x = scaleOf(chart.x, domains.x, [left, right]);
  const places = (chart.places ?? [])
    .filter(({ value }) => isWithin(value, domains.x))
    .map(place => ({ ...place, label: cutTo(place.label, width - 2 * EDGE) }));
  const placeRows = inRows(
    places.map(({ label, value }) => ({ text: label, at: x.at(value) })),
    [EDGE, width - EDGE],
  );
  const regions = (chart.regions ?? []).filter(({ low, high }) => low < domains.y[1] && high > domains.y[0]);
  const shades = regions.map(({ label }) => ({ sample: "band", text: label, colour: colours.grey }) as const);
  const header = headerOf(chart.y.label, [...(chart.key ?? []), ...shades], width);
  const title = titleLines(chart.x.label, width - 2 * EDGE);
  const inMargin = labelRoom(chart) <= MOST_FOR_LABELS * width;
  const below = keyOf(inMargin ? [] : keyOfLabels(chart), width - 2 * EDGE);

  const top = header.height + rowCount(placeRows) * lineHeight + ABOVE_PLOT;
  const under = bottomHeight(title) + below.height;
  const least = Math.max(SMALLEST_PLOT, inMargin ? heightOfLabels(labelTexts(chart).length) : 0);
  const bottom = top + Math.max(least, height - top - under);
  const frame: Frame = { left, right, top, bottom };
  const y = scaleOf(chart.y, domains.y, [bottom, top]);
  const scales = { x, y };
  const levels = (chart.levels ?? []).filter(({ value }) => isWithin(value, domains.y));
  const spans = (chart.spans ?? []).filter(({ low, high }) => low <= domains.x[1] && high >= domains.x[0]);
  const curves = chart.curves.map(curve => seenCurve(curve, scales, frame));
  const labels = inMargin ? marginLabelsOf(levels, curves, scales) : [];
  return picture(chart, { width, height: bottom + under }, [
    ...regions.map(region => regionShade(region, scales, frame)),
    ...spans.flatMap(span => spanShade(span, scales, frame)),
    axisRule([
      [left, top],
      [left, bottom],
      [right, bottom],
    ]),
    leftTicks(fittingTicks(y, "left"), y, frame),
    bottomTicks(fittingTicks(x, "bottom"), x, frame),
    ...header.elements,
    ...bottomTitle(title, frame, width - EDGE),
    ...levels.map(level => levelLine(level, scales, frame)),
    ...places.map(place => placeLine(place, scales, frame)),
    ...curves.map(curveLine),
    ...(chart.scatters ?? []).flatMap(scatter => scatterMarks(scatter, scales, frame)),
    ...placeRows.map(({ x: at, row }, i) => textAt(at, top - 4 - (row + 0.5) * lineHeight, places[i].label)),
    ...(labels.length > 0 ? [marginLabels(labels, { x: right, bounds: [top, bottom] })] : []),
    ...(below.height > 0 ? [below.drawn(EDGE, bottom + bottomHeight(title))] : []),
  ]);
};

/** The margins that ticks and labels of a chart need. */
export const marginsOf = (chart: LineChart, { width, height }: Surface): Margins => {
  const domains = domainsOf(chart);
  const y = scaleOf(chart.y, domains.y, [height, 0]);
  const left = Math.max(LEAST_LEFT, widthOfTicks(y));
  const room = labelRoom(chart);
  const right = Math.max(LEAST_RIGHT, room <= MOST_FOR_LABELS * width ? room : 0);
  const x = scaleOf(chart.x, domains.x, [left, width - right]);
  return { left, right: Math.max(right, EDGE + overhang(x, width - right)) };
};

const domainsOf = ({ x, y, curves, scatters = [], levels = [], places = [] }: LineChart) => {
  const points = [...curves, ...scatters].flatMap(({ points }) => points);
  // An error as large as its value would stretch a log axis without end.
  const whiskers = y.scale === "log" ? [] : scatters.flatMap(({ ranges = [] }) => ranges.flat());
  const heights = [...points.map(([, value]) => value), ...levels.map(({ value }) => value)];
  return {
    x: domainOf(x, [...points.map(([value]) => value), ...places.map(({ value }) => value)]),
    y: domainOf(y, [...heights, ...whiskers.filter(Number.isFinite)]),
  };
};

const isWithin = (value: number, [first, last]: readonly [number, number]): boolean =>
  value >= Math.min(first, last) && value <= Math.max(first, last);

const labelTexts = ({ levels = [], curves }: LineChart): readonly string[] => [
  ...levels.map(({ label }) => label),
  ...curves.flatMap(({ label, points }) => (label && points.length > 0 ? [label] : [])),
];

/** Width of the labels beside the plot with their leader lines, in pixels. */
const labelRoom = (chart: LineChart): number =>
  labelTexts(chart).reduce((most, text) => Math.max(most, leaderWidth + textWidth(text) + EDGE), 0);

/** The labels as entries of a key. Levels in one colour are told apart by their values. */
const keyOfLabels = ({ levels = [], curves }: LineChart): readonly KeyEntry[] => {
  const hues = new Set(levels.map(({ colour }) => colour));
  const entries: readonly KeyEntry[] = [
    ...levels.map(({ label, value, colour = colours.grey }) => ({
      sample: "dashed" as const,
      text: hues.size < levels.length ? `${label} (${Number(value.toPrecision(3))})` : label,
      colour,
    })),
    ...curves.flatMap(({ label, points, colour, dashed }) =>
      label && points.length > 0
        ? [{ sample: dashed ? ("dashed" as const) : ("line" as const), text: label, colour }]
        : [],
    ),
  ];
  const same = (a: KeyEntry, b: KeyEntry): boolean =>
    a.text === b.text && a.colour === b.colour && a.sample === b.sample;
  return entries.filter((entry, i) => entries.findIndex(other => same(other, entry)) === i);
};

/** A curve is labelled where it ends, or leaves the frame. */
const marginLabelsOf = (
  levels: readonly Level[],
  curves: readonly SeenCurve[],
  { y }: Scales,
): readonly MarginLabel[] => [
  ...levels.map(({ label, value, colour = ink }) => ({ text: label, y: y.at(value), colour })),
  ...curves.flatMap(({ label, parts, colour }) => {
    const end = parts.at(-1)?.at(-1);
    return label && end ? [{ text: label, y: end[1], colour }] : [];
  }),
];

const checkPoints = (chart: LineChart): void => {
  const { x, y, curves, scatters = [], levels = [], places = [], spans = [] } = chart;
  for (const { points } of [...curves, ...scatters])
    for (const [a, b] of points) {
      checkValue(a, x);
      checkValue(b, y);
    }
  for (const { value } of levels) checkValue(value, y);
  for (const { value } of places) checkValue(value, x);
  for (const { low, high, at = low } of spans) for (const value of [low, high, at]) checkValue(value, x);
};

const checkValue = (value: number, { label, scale }: Axis): void => {
  if (!Number.isFinite(value)) throw invalid(`a point's ${label}`, value, "a finite number");
  if (scale === "log" && value <= 0) throw invalid(`a point's ${label}`, value, "a positive number on a log axis");
};
