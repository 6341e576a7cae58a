import type { SvgElement } from "../../src/charts/svg.ts";
import { marksOf } from "./svg-elements.ts";

interface DrawnFill {
  readonly colour: string;
  readonly opacity: number;
}

/** How the cell of a map is filled at a place in pixels, read from its rectangles; undefined where it is not. */
export const filledAt = (svg: SvgElement, x: number, y: number): DrawnFill | undefined => {
  for (const { attributes } of marksOf(svg, "cells"))
    for (const [, ...ends] of String(attributes.d).matchAll(/M([-\d.]+),([-\d.]+)H([-\d.]+)V([-\d.]+)H/g)) {
      const [left, bottom, right, top] = ends.map(Number);
      if (x > left && x < right && y > top && y < bottom)
        return { colour: String(attributes.fill), opacity: Number(attributes["fill-opacity"] ?? 1) };
    }
  return undefined;
};

export interface DrawnCell extends Partial<DrawnFill> {
  readonly column: number;
  readonly row: number;
  /** Its middle, in pixels. */
  readonly x: number;
  readonly y: number;
}

/** The cells of a map of equal cells, row by row from the bottom, as its frame divides them. */
export const cellColours = (svg: SvgElement, columns: number, rows: number): readonly DrawnCell[] => {
  const frame = [...String(marksOf(svg, "axes")[0].attributes.d).matchAll(/[ML]([-\d.]+),([-\d.]+)/g)];
  const [xs, ys] = [1, 2].map(i => frame.map(corner => Number(corner[i])));
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  return Array.from({ length: columns * rows }, (_, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const x = left + ((column + 0.5) * (right - left)) / columns;
    const y = bottom - ((row + 0.5) * (bottom - top)) / rows;
    return { column, row, x, y, ...filledAt(svg, x, y) };
  });
};
