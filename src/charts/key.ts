import { type CellMark, markPath } from "./cell-mark.ts";
import { element, group, pathThrough, type SvgElement } from "./svg.ts";
import { textAt, textWidth, wrapped } from "./text.ts";
import { fontSize, ink, page } from "./theme.ts";

export type KeySample =
  | "line"
  | "dashed"
  | "arrow"
  | "bar"
  | "ring"
  | "tick"
  | "whisker"
  | "range"
  | "cell"
  | "shades"
  | "ruled"
  | "band";

export interface KeyEntry {
  readonly sample: KeySample;
  readonly text: string;
  readonly colour?: string;
  /** The sign of a cell. */
  readonly mark?: CellMark;
}

export interface Key {
  readonly width: number;
  readonly height: number;
  /** The drawn key, the top left corner at a place. */
  drawn(x: number, y: number): SvgElement;
}

const SAMPLE = 18;
const TO_TEXT = 5;
const BETWEEN = 14;
const ROW = 17;
const size = fontSize - 1;

/** A key in lines no wider than `width`. Samples differ in shape, not only in colour. */
export const keyOf = (entries: readonly KeyEntry[], width: number): Key => {
  const room = width - SAMPLE - TO_TEXT;
  const items = entries.map(entry => {
    const lines = wrapped(entry.text, room, { size });
    const own = SAMPLE + TO_TEXT + Math.max(...lines.map(line => textWidth(line, { size })));
    return { ...entry, lines, own };
  });
  let [x, row, widest] = [0, 0, 0];
  const placed = items.map(item => {
    if (x > 0 && x + item.own > width) [x, row] = [0, row + 1];
    const place = { ...item, x, row };
    x += item.own + BETWEEN;
    widest = Math.max(widest, x - BETWEEN);
    // A text of several lines has them to itself.
    if (item.lines.length > 1) [x, row] = [width, row + item.lines.length - 1];
    return place;
  });
  return {
    width: widest,
    height: entries.length === 0 ? 0 : (row + 1) * ROW,
    drawn: (left, top) =>
      group(
        { "data-mark": "key" },
        placed.flatMap(({ sample, colour = ink, mark, lines, x, row }) => [
          drawSample({ sample, colour, mark }, left + x, top + (row + 0.5) * ROW),
          ...lines.map((line, i) =>
            textAt(left + x + SAMPLE + TO_TEXT, top + (row + i + 0.5) * ROW, line, { anchor: "start", size }),
          ),
        ]),
      ),
  };
};

type Line = readonly (readonly [x: number, y: number])[];

interface Sample extends Pick<KeyEntry, "sample" | "mark"> {
  readonly colour: string;
}

const drawSample = ({ sample, colour, mark = "none" }: Sample, x: number, y: number): SvgElement => {
  const middle = x + SAMPLE / 2;
  const end = x + SAMPLE;
  const stroked = (lines: readonly Line[], more: { readonly [name: string]: string | number } = {}) =>
    element("path", { d: lines.map(pathThrough).join(""), fill: "none", stroke: colour, "stroke-width": 1.5, ...more });
  const across: Line = [
    [x, y],
    [end, y],
  ];
  const upright = (half: number): Line => [
    [middle, y - half],
    [middle, y + half],
  ];
  const cap = (height: number, half: number): Line => [
    [middle - half, height],
    [middle + half, height],
  ];
  const box = (left: number, width: number, opacity: number) =>
    element("rect", { x: left, y: y - 6, width, height: 12, fill: colour, "fill-opacity": opacity });
  switch (sample) {
    case "cell":
      return group({}, [
        box(x, SAMPLE, 0.75),
        element("path", { d: markPath(mark, [[middle, y]]), fill: "none", stroke: ink, "stroke-opacity": 0.75 }),
      ]);
    case "shades":
      return group(
        {},
        [0.75, 0.5, 0.25].map((opacity, i) => box(x + (i * SAMPLE) / 3, SAMPLE / 3, opacity)),
      );
    case "ruled":
      return group({}, [box(x, SAMPLE, 0.2), stroked([across], { stroke: page.light, "stroke-width": 1 })]);
    case "band":
      return box(x, SAMPLE, 0.2);
    case "line":
      return stroked([across], { "stroke-width": 2.5 });
    case "dashed":
      return stroked([across], { "stroke-dasharray": "4,2.5" });
    case "bar":
      return element("rect", { x: x + 4, y: y - 5, width: 10, height: 10, fill: colour });
    case "arrow":
      return stroked(
        [
          across,
          [
            [end - 5, y - 4],
            [end, y],
            [end - 5, y + 4],
          ],
        ],
        { "stroke-width": 2 },
      );
    case "ring":
      return element("circle", { cx: middle, cy: y, r: 3.5, fill: "none", stroke: colour, "stroke-width": 1.75 });
    case "tick":
      return stroked([upright(7)], { "stroke-width": 2.5 });
    case "whisker":
      return stroked([upright(6), cap(y - 6, 3), cap(y + 6, 3)]);
    case "range":
      return group({}, [
        stroked([upright(7)], { "stroke-width": 4, "stroke-opacity": 0.3 }),
        stroked([cap(y, 6)], { "stroke-width": 2 }),
      ]);
  }
};
