import { dot, line, plot, ruleY } from "@observablehq/plot";
import { invalid } from "../errors.ts";
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
}

/** Points left as they are, drawn over the curves. */
export interface Scatter {
  readonly points: readonly Point[];
  readonly colour: string;
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
}

export interface LineChart extends Description {
  readonly x: Axis;
  readonly y: Axis;
  readonly curves: readonly Curve[];
  readonly scatters?: readonly Scatter[];
  readonly levels?: readonly Level[];
}

/** Curves and raw points over labelled levels. Throws when a point has no place on its axis. */
export const lineChart = (chart: LineChart, surface: Surface): SVGSVGElement => {
  const { x, y, curves, scatters = [], levels = [] } = chart;
  for (const { points } of [...curves, ...scatters]) for (const point of points) checkPoint(point, chart);
  for (const level of levels) checkPoint([x.domain?.[0] ?? 1, level.value], chart);

  const ends = curves.flatMap(({ label, points, colour }) => {
    const last = points[points.length - 1];
    return label && last ? [{ text: label, value: last[1], colour }] : [];
  });
  const texts = [...levels.map(({ label, value, colour = ink }) => ({ text: label, value, colour })), ...ends];
  const marginRight = texts.length > 0 ? leaderWidth + Math.max(...texts.map(({ text }) => textWidth(text))) : 20;
  const margins = { marginTop: 34, marginRight, marginBottom: 42, marginLeft: 58 };
  const joined = curves.flatMap(({ points, colour, opacity = 1, strokeWidth = 1.5 }, z) =>
    points.map(point => ({ x: point[0], y: point[1], z, colour, opacity, strokeWidth })),
  );
  const single = scatters.flatMap(({ points, colour }) => points.map(point => ({ x: point[0], y: point[1], colour })));
  const clip = x.domain !== undefined || y.domain !== undefined;
  const placed = [...joined, ...single];
  const drawn = plot({
    ...themed(surface, chart),
    ...margins,
    color: { type: "identity" },
    opacity: { type: "identity" },
    x: axisOptions(
      x,
      placed.map(point => point.x),
    ),
    y: axisOptions(y, [...placed.map(point => point.y), ...levels.map(level => level.value)]),
    marks: [
      ...axisRules(),
      ruleY(levels, {
        y: "value",
        stroke: level => level.colour ?? colours.grey,
        strokeWidth: 1,
        strokeDasharray: "5,3",
      }),
      line(joined, {
        x: "x",
        y: "y",
        z: "z",
        stroke: "colour",
        strokeOpacity: "opacity",
        strokeWidth: "strokeWidth",
        clip,
      }),
      dot(single, { x: "x", y: "y", r: 2.5, stroke: "colour", strokeWidth: 1.2, clip }),
    ],
  });
  const scale = drawn.scale("y")!;
  const svg = asImage(drawn);
  if (texts.length > 0)
    svg.append(
      marginLabels(
        surface.document,
        texts.map(({ text, value, colour }) => ({ text, colour, y: scale.apply(value) })),
        { x: surface.width - marginRight, bounds: [margins.marginTop - 8, surface.height - margins.marginBottom] },
      ),
    );
  return svg;
};

/** A linear axis ends on round numbers; a log axis just beyond its values, as whole decades would waste half of it. */
const axisOptions = ({ label, scale = "linear", domain }: Axis, values: readonly number[]) => ({
  label,
  type: scale,
  ...(domain && { domain: [...domain] }),
  ...(!domain && scale === "log" && { domain: [least(values) / 1.15, greatest(values) * 1.15] }),
  nice: domain === undefined && scale === "linear",
  ...(scale === "log" && { tickFormat: logTick, ticks: 6 }),
});

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
