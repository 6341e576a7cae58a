import { invalid } from "../errors.ts";
import {
  axisRule,
  bottomHeight,
  bottomTicks,
  bottomTitle,
  type Frame,
  fittingTicks,
  leftTicks,
  overhang,
  titleLines,
  widthOfTicks,
} from "./axes.ts";
import { type CellAxis, cellEdges } from "./cell-axis.ts";
import { clipped } from "./clip.ts";
import type { CellPlaces } from "./filled-cells.ts";
import { headerOf } from "./header.ts";
import type { KeyEntry } from "./key.ts";
import type { Point } from "./line-marks.ts";
import { type Scale, scaleOf } from "./scale.ts";
import type { Surface } from "./surface.ts";
import { element, group, pathThrough, type SvgElement } from "./svg.ts";
import { ink, page } from "./theme.ts";

export interface CellAxes {
  readonly x: CellAxis;
  readonly y: CellAxis;
  readonly key?: readonly KeyEntry[];
}

/** Where the cells of a map lie, and what stands around them. */
export interface CellFrame extends CellPlaces {
  readonly frame: Frame;
  readonly x: Scale;
  readonly y: Scale;
  /** Of the whole picture, in pixels. */
  readonly height: number;
  /** Header and axes. */
  readonly around: readonly SvgElement[];
}

const EDGE = 4;
const LEAST_LEFT = 44;
const LEAST_RIGHT = 20;
const SMALLEST_PLOT = 160;
const ABOVE_PLOT = 8;

/** Lays out a map below `room` pixels for something else. Throws when a value has no place on its axis, or they do not ascend. */
export const cellFrame = ({ x: xAxis, y: yAxis, key = [] }: CellAxes, surface: Surface, room = 0): CellFrame => {
  checkValues(xAxis);
  checkValues(yAxis);
  const { width, height } = surface;
  const [xValues, yValues] = [cellEdges(xAxis), cellEdges(yAxis)];
  const [xDomain, yDomain] = [endsOf(xValues), endsOf(yValues)];
  const left = Math.max(LEAST_LEFT, widthOfTicks(scaleOf(yAxis, yDomain, [height, 0])));
  const within = width - LEAST_RIGHT;
  const right = width - Math.max(LEAST_RIGHT, EDGE + overhang(scaleOf(xAxis, xDomain, [left, within]), within));
  const header = headerOf(yAxis.label, key, width);
  const title = titleLines(xAxis.label, width - 2 * EDGE);
  const top = room + header.height + ABOVE_PLOT;
  const under = bottomHeight(title);
  const bottom = top + Math.max(SMALLEST_PLOT, height - top - under);
  const frame: Frame = { left, right, top, bottom };
  const x = scaleOf(xAxis, xDomain, [left, right]);
  const y = scaleOf(yAxis, yDomain, [bottom, top]);
  return {
    ...{ frame, x, y, height: bottom + under },
    xEdges: xValues.map(x.at),
    yEdges: yValues.map(y.at),
    around: [
      axisRule([
        [left, top],
        [left, bottom],
        [right, bottom],
        [right, top],
        [left, top],
      ]),
      leftTicks(fittingTicks(y, "left"), y, frame),
      bottomTicks(fittingTicks(x, "bottom"), x, frame),
      group({ transform: `translate(0,${room})` }, header.elements),
      ...bottomTitle(title, frame, width - EDGE),
    ],
  };
};

const endsOf = (edges: readonly number[]): readonly [number, number] => [edges[0], edges[edges.length - 1]];

const checkValues = ({ label, scale, values }: CellAxis): void => {
  if (values.length === 0) throw invalid(`values of ${label}`, values, "at least one");
  values.forEach((value, i) => {
    if (!Number.isFinite(value) || (scale === "log" && value <= 0))
      throw invalid(`a value of ${label}`, value, `a finite${scale === "log" ? " positive" : ""} number`);
    if (i > 0 && value <= values[i - 1]) throw invalid(`a value of ${label}`, value, `more than ${values[i - 1]}`);
  });
};

/** Lines that theory predicts, broken, on a ground of the page's colour so that they stand out from any cell. */
export const theoryLines = (
  lines: readonly (readonly Point[])[],
  { frame, x, y }: CellFrame,
): readonly SvgElement[] => {
  const d = lines
    .flatMap(points =>
      clipped(
        points.map(([a, b]): Point => [x.at(a), y.at(b)]),
        frame,
      ),
    )
    .map(pathThrough)
    .join("");
  return d === "" ? [] : onGround("theory", d, { "stroke-width": 2, "stroke-dasharray": "6,4" });
};

/** A line of ink over a wider one of the page's colour. */
export const onGround = (
  mark: string,
  d: string,
  { "stroke-width": width, ...dashes }: { readonly "stroke-width": number; readonly "stroke-dasharray"?: string },
): readonly SvgElement[] => {
  const common = { d, fill: "none", "stroke-linejoin": "round", "stroke-linecap": "round" };
  return [
    element("path", { ...common, stroke: page.light, "stroke-width": width + 2.5, "stroke-opacity": 0.85 }),
    element("path", { "data-mark": mark, ...common, stroke: ink, "stroke-width": width, ...dashes }),
  ];
};
