/** Reads the data back from a picture, so that a test can tell whose they are. */

import type { SvgElement } from "../../src/charts/svg.ts";
import { elementsOf, marksOf } from "./svg-elements.ts";

export type XY = readonly [x: number, y: number];

/** The points of every line of a drawn chart, of every cloud of dots, and of all its dots together, in pixels. */
export const drawnPoints = (svg: SvgElement): readonly (readonly XY[])[] => {
  const clouds = marksOf(svg, "dots").map(group =>
    elementsOf(group)
      .filter(({ name }) => name === "circle")
      .map(({ attributes }): XY => [Number(attributes.cx), Number(attributes.cy)]),
  );
  const lines = marksOf(svg, "line").map(({ attributes }) =>
    [...String(attributes.d).matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]): XY => [+x, +y]),
  );
  return [...clouds, clouds.flat(), ...lines].filter(points => points.length > 0);
};

/** Pixels that a point may be off: coordinates are written with two digits. */
const NEAR = 0.05;

/**
 * Whether a picture holds these data: some of its lines or dots lie where a linear or logarithmic axis in x and in y puts them, point by point. The
 * axes are read off the data's own extremes, so nothing but the data can make it true.
 */
export const shows = (svg: SvgElement, data: readonly XY[]): boolean =>
  // Any three points lie on some pair of axes.
  data.length > 3 &&
  drawnPoints(svg).some(points =>
    [linear, log].some(x =>
      [linear, log].some(y =>
        isImage(
          points,
          data.map(([a, b]): XY => [x(a), y(b)]),
        ),
      ),
    ),
  );

const linear = (value: number): number => value;
const log = (value: number): number => Math.log(value);

const isImage = (pixels: readonly XY[], data: readonly XY[]): boolean => {
  if (pixels.length !== data.length || data.flat().some(value => !Number.isFinite(value))) return false;
  // A flat line, as of a chain that does not move, could be anybody's.
  if (isFlat(pixels)) return false;
  const x = axis(
    data.map(([a]) => a),
    pixels.map(([a]) => a),
    1,
  );
  const y = axis(
    data.map(([, b]) => b),
    pixels.map(([, b]) => b),
    -1,
  );
  const left = [...pixels];
  return data.every(([a, b]) => {
    const at = left.findIndex(([px, py]) => Math.abs(px - x(a)) < NEAR && Math.abs(py - y(b)) < NEAR);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
};

const isFlat = (pixels: readonly XY[]): boolean => {
  const heights = pixels.map(([, y]) => y);
  return Math.max(...heights) - Math.min(...heights) < 2 * NEAR;
};

/** The map that takes the extremes of values to those of pixels, upwards or downwards. */
const axis = (values: readonly number[], pixels: readonly number[], direction: 1 | -1): ((value: number) => number) => {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [first, last] =
    direction === 1 ? [Math.min(...pixels), Math.max(...pixels)] : [Math.max(...pixels), Math.min(...pixels)];
  // A line that is level shows nothing that rises.
  if (first === last && high !== low) return () => Number.NaN;
  return value => (high === low ? first : first + ((value - low) / (high - low)) * (last - first));
};
