import { dot, line, plot, ruleX, ruleY, text } from "@observablehq/plot";
import { invalid } from "../errors.ts";
import { type KeyEntry, key } from "./key.ts";
import { leaderWidth, marginLabels } from "./margin-labels.ts";
import type { Surface } from "./surface.ts";
import { asImage, axisRules, colours, type Description, ink, textWidth, themed } from "./theme.ts";

export type Point = readonly [x: number, y: number];

/** Points joined by a line, in the order given. */
export interface Curve {
  readonly points: readonly Point[];
  readonly colour: string;
  /** Written beside its last point. */
  readonly label?: string;
  readonly opacity?: number;
  readonly strokeWidth?: number;
  /** Broken, for what is predicted rather than measured. */
  readonly dashed?: boolean;
}

/** Points left as they are, drawn over the curves. */
export interface Scatter {
  readonly points: readonly Point[];
  readonly colour: string;
  /** For each point the two ends of a whisker. */
  readonly ranges?: readonly (readonly [low: number, high: number])[];
  readonly opacity?: number;
}

/** A place on the x axis that means something, as a labelled vertical line. */
export interface Place {
  readonly label: string;
  readonly value: number;
}

/** A height that means something, as a labelled horizontal line. */
export interface Level {
  readonly label: string;
  readonly value: number;
  readonly colour?: string;
}

export interface Axis {
  /** Quantity and unit. */
  readonly label: string;
  readonly scale?: "linear" | "log";
  /** Its ends; what lies beyond is cut off. Chosen to hold everything when absent. */
  readonly domain?: readonly [number, number];
  /** A quantity that is counted: ticks at whole numbers only. Linear axes alone. */
  readonly whole?: boolean;
}

export interface LineChart extends Description {
  readonly x: Axis;
  readonly y: Axis;
  readonly curves: readonly Curve[];
  readonly scatters?: readonly Scatter[];
  readonly levels?: readonly Level[];
  readonly places?: readonly Place[];
  readonly key?: readonly KeyEntry[];
  /** Room for the labels on the right, in pixels, for charts whose axes have to agree. What they need when absent. */
  readonly marginRight?: number;
}

/** Curves and raw points over labelled levels. Throws when a point has no place on its axis. */
export const lineChart = (chart: LineChart, surface: Surface): SVGSVGElement => {
  const { x, y, curves, scatters = [], levels = [], places = [] } = chart;
  for (const { points } of [...curves, ...scatters]) for (const point of points) checkPoint(point, chart);
  for (const level of levels) checkPoint([x.domain?.[0] ?? 1, level.value], chart);
  for (const { value } of places) checkPoint([value, y.domain?.[0] ?? 1], chart);

  const ends = curves.flatMap(({ label, points, colour }) => {
    const last = points[points.length - 1];
    return label && last ? [{ text: label, value: last[1], colour }] : [];
  });
  const labels = [...levels.map(({ label, value, colour = ink }) => ({ text: label, value, colour })), ...ends];
  const needed = labels.length > 0 ? leaderWidth + Math.max(...labels.map(({ text }) => textWidth(text))) : 20;
  const { marginRight = needed } = chart;
  const margins = { marginTop: 34, marginRight, marginBottom: 42, marginLeft: 58 };
  const joined = curves.flatMap(({ points, colour, opacity = 1, strokeWidth = 1.5, dashed = false }, z) =>
    points.map(point => ({ x: point[0], y: point[1], z, colour, opacity, strokeWidth, dashed })),
  );
  const single = scatters.flatMap(({ points, colour, opacity = 1 }) =>
    points.map(point => ({ x: point[0], y: point[1], colour, opacity })),
  );
  const faint = scatters.some(({ opacity }) => opacity !== undefined) && { strokeOpacity: "opacity" };
  const whiskers = scatters.flatMap(({ points, colour, ranges = [] }) =>
    ranges.map(([low, high], i) => ({ x: points[i]![0], low, high, colour })),
  );
  const stroked = { x: "x", y: "y", z: "z", stroke: "colour", strokeOpacity: "opacity", strokeWidth: "strokeWidth" };
  const clip = x.domain !== undefined || y.domain !== undefined;
  const placed = [...joined, ...single];
  const drawn = plot({
    ...themed(surface, chart),
    ...margins,
    color: { type: "identity" },
    opacity: { type: "identity" },
    x: axisOptions(x, [...placed.map(point => point.x), ...places.map(place => place.value)]),
    y: axisOptions(y, [...placed.map(point => point.y), ...levels.map(level => level.value)]),
    marks: [
      ...axisRules(),
      ruleY(levels, {
        y: "value",
        stroke: level => level.colour ?? colours.grey,
        strokeWidth: 1,
        strokeDasharray: "5,3",
      }),
      ruleX(places, { x: "value", stroke: ink, strokeOpacity: 0.6, strokeWidth: 1, strokeDasharray: "2,3" }),
      line(
        joined.filter(point => !point.dashed),
        { ...stroked, clip },
      ),
      line(
        joined.filter(point => point.dashed),
        { ...stroked, strokeDasharray: "6,4", clip },
      ),
      ruleX(whiskers, { x: "x", y1: "low", y2: "high", stroke: "colour", strokeWidth: 1.2, clip }),
      dot(single, { x: "x", y: "y", r: 2.5, stroke: "colour", strokeWidth: 1.2, clip, ...faint }),
      text(places, { x: "value", text: "label", frameAnchor: "top", lineAnchor: "bottom", dy: -5, fill: ink }),
    ],
  });
  const scale = drawn.scale("y")!;
  const svg = asImage(drawn);
  if (labels.length > 0)
    svg.append(
      marginLabels(
        surface.document,
        labels.map(({ text, value, colour }) => ({ text, colour, y: scale.apply(value) })),
        { x: surface.width - marginRight, bounds: [margins.marginTop - 8, surface.height - margins.marginBottom] },
      ),
    );
  if (chart.key) svg.append(key(surface.document, chart.key, { right: surface.width - 12, y: 10 }));
  return svg;
};

/** A linear axis ends on round numbers; a log axis just beyond its values, as whole decades would waste half of it. */
const axisOptions = ({ label, scale = "linear", domain, whole = false }: Axis, values: readonly number[]) => ({
  label,
  type: scale,
  ...(domain && { domain: [...domain] }),
  ...(!domain && scale === "log" && { domain: [least(values) / 1.15, greatest(values) * 1.15] }),
  nice: domain === undefined && scale === "linear",
  ...(scale === "log" && { tickFormat: logTick, ticks: 6 }),
  ...(whole && { ticks: wholeTicks(domain ?? [least(values), greatest(values)]), tickFormat: String }),
});

const MOST_WHOLE_TICKS = 8;

/** Whole numbers within two ends, equally far apart, at most eight. */
const wholeTicks = ([low, high]: readonly [number, number]): number[] => {
  const step = Math.max(1, Math.ceil((high - low) / MOST_WHOLE_TICKS));
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
};

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));
const greatest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));

/** Powers of ten as such, other ticks only as numbers between 0.001 and 10000. */
const logTick = (value: number): string => (value >= 1e-3 && value < 1e5 ? String(value) : value.toExponential());

const checkPoint = ([x, y]: Point, { x: xAxis, y: yAxis }: LineChart): void => {
  for (const [value, axis] of [
    [x, xAxis],
    [y, yAxis],
  ] as const) {
    if (!Number.isFinite(value)) throw invalid(`a point's ${axis.label}`, value, "a finite number");
    if (axis.scale === "log" && value <= 0)
      throw invalid(`a point's ${axis.label}`, value, "a positive number on a log axis");
  }
};
