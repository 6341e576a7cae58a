import type { SvgElement } from "../../src/charts/svg.ts";
import { marksOf } from "./svg-elements.ts";

/** How the cell of a map is filled at a place in pixels, read from its rectangles; undefined where it is not. */
export const filledAt = (
  svg: SvgElement,
  x: number,
  y: number,
): { readonly colour: string; readonly opacity: number } | undefined => {
  for (const { attributes } of marksOf(svg, "cells"))
    for (const [, ...ends] of String(attributes.d).matchAll(/M([-\d.]+),([-\d.]+)H([-\d.]+)V([-\d.]+)H/g)) {
      const [left, bottom, right, top] = ends.map(Number);
      if (x > left && x < right && y > top && y < bottom)
        return { colour: String(attributes.fill), opacity: Number(attributes["fill-opacity"] ?? 1) };
    }
  return undefined;
};
