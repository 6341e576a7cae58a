import type { Frame } from "./axes.ts";
import { clipped, isInside } from "./clip.ts";
import type { Scale } from "./scale.ts";
import { element, group, pathOfLines, pathThrough, type SvgElement } from "./svg.ts";
import { colours, ink } from "./theme.ts";

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

/** Heights that mean something together, shaded and named in the key. */
export interface Region {
  readonly label: string;
  readonly low: number;
  readonly high: number;
}

/** A stretch of the x axis, shaded over the whole height, and a place in it as a dashed line. */
export interface Span {
  readonly low: number;
  readonly high: number;
  readonly at?: number;
  readonly colour: string;
}

export interface Scales {
  readonly x: Scale;
  readonly y: Scale;
}

/** A curve with what is seen of it, in pixels. */
export interface SeenCurve extends Curve {
  readonly parts: readonly (readonly Point[])[];
}

export const seenCurve = (curve: Curve, { x, y }: Scales, frame: Frame): SeenCurve => ({
  ...curve,
  parts: clipped(
    curve.points.map(([a, b]) => [x.at(a), y.at(b)]),
    frame,
  ),
});

export const curveLine = ({ parts, colour, opacity = 1, strokeWidth = 1.5, dashed }: SeenCurve): SvgElement =>
  element("path", {
    "data-mark": "line",
    d: parts.map(pathThrough).join(""),
    fill: "none",
    stroke: colour,
    "stroke-width": strokeWidth,
    "stroke-linejoin": "round",
    ...(opacity < 1 && { "stroke-opacity": opacity }),
    ...(dashed && { "stroke-dasharray": "6,4" }),
  });

export const levelLine = ({ value, colour = colours.grey }: Level, { y }: Scales, { left, right }: Frame): SvgElement =>
  element("path", {
    "data-mark": "level",
    d: pathOfLines([[left, y.at(value), right, y.at(value)]]),
    fill: "none",
    stroke: colour,
    "stroke-dasharray": "5,3",
  });

export const regionShade = ({ low, high }: Region, { y }: Scales, { left, right, top, bottom }: Frame): SvgElement => {
  const [upper, lower] = [Math.max(top, y.at(high)), Math.min(bottom, y.at(low))];
  return element("rect", {
    "data-mark": "region",
    x: left,
    y: upper,
    width: right - left,
    height: lower - upper,
    fill: colours.grey,
    "fill-opacity": 0.2,
  });
};

/** A stretch that is narrower is drawn so wide, in pixels. */
const LEAST_SPAN = 3;

export const spanShade = ({ low, high, at, colour }: Span, { x }: Scales, frame: Frame): SvgElement[] => {
  const { left, right, top, bottom } = frame;
  const [start, end] = [Math.max(left, x.at(low)), Math.min(right, x.at(high))];
  const width = Math.max(LEAST_SPAN, end - start);
  return [
    element("rect", {
      "data-mark": "span",
      ...{ x: (start + end - width) / 2, y: top, width, height: bottom - top },
      ...{ fill: colour, "fill-opacity": 0.2 },
    }),
    ...(at === undefined
      ? []
      : [
          element("path", {
            "data-mark": "span-place",
            d: pathOfLines([[x.at(at), top, x.at(at), bottom]]),
            ...{ fill: "none", stroke: colour, "stroke-width": 1.5, "stroke-dasharray": "4,2.5" },
          }),
        ]),
  ];
};

export const placeLine = ({ value }: Place, { x }: Scales, { top, bottom }: Frame): SvgElement =>
  element("path", {
    "data-mark": "place",
    d: pathOfLines([[x.at(value), top, x.at(value), bottom]]),
    fill: "none",
    stroke: ink,
    "stroke-opacity": 0.6,
    "stroke-dasharray": "2,3",
  });

/** Whiskers, as far as they are finite and lie in the frame, under rings. */
export const scatterMarks = (
  { points, colour, ranges = [], opacity = 1 }: Scatter,
  { x, y }: Scales,
  frame: Frame,
): SvgElement[] => {
  const whiskers = ranges.flatMap(([low, high], i) => {
    if (!Number.isFinite(low) || !Number.isFinite(high)) return [];
    const at = x.at(points[i][0]);
    return clipped(
      [
        [at, y.at(low)],
        [at, y.at(high)],
      ],
      frame,
    );
  });
  const rings = points.map(([a, b]): Point => [x.at(a), y.at(b)]).filter(point => isInside(point, frame));
  const stroked = { fill: "none", stroke: colour, "stroke-width": 1.2 };
  return [
    ...(whiskers.length > 0
      ? [element("path", { "data-mark": "whiskers", d: whiskers.map(pathThrough).join(""), ...stroked })]
      : []),
    group(
      { "data-mark": "dots", ...stroked, ...(opacity < 1 && { "stroke-opacity": opacity }) },
      rings.map(([cx, cy]) => element("circle", { cx, cy, r: 2.5 })),
    ),
  ];
};
