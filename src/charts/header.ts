import { leftTitle, lineHeight, titleLines, titleWidth } from "./axes.ts";
import { type KeyEntry, keyOf } from "./key.ts";
import type { SvgElement } from "./svg.ts";

export interface Header {
  readonly height: number;
  readonly elements: readonly SvgElement[];
}

const EDGE = 4;
const BETWEEN = 20;

/** The top of a chart: the name of the left axis, and the key on the right of it, or above it where one line has no room for both. */
export const headerOf = (title: string, entries: readonly KeyEntry[], width: number): Header => {
  const key = keyOf(entries, width - 2 * EDGE);
  const lines = titleLines(title, width - 2 * EDGE);
  const together = titleWidth(lines) + BETWEEN + key.width + 2 * EDGE <= width;
  const keyHeight = together ? 0 : key.height;
  const texts = lines.length === 0 ? [] : leftTitle(lines, EDGE, keyHeight + 2);
  const keys = entries.length === 0 ? [] : [key.drawn(together ? width - EDGE - key.width : EDGE, 2)];
  const height = together ? Math.max(key.height, lines.length * lineHeight) : key.height + lines.length * lineHeight;
  return { height: height + 2, elements: [...texts, ...keys] };
};
