import type { Scale, Tick } from "./scale.ts";
import { element, group, pathOfLines, pathThrough, type SvgElement } from "./svg.ts";
import { textAt, textWidth, wrapped } from "./text.ts";
import { ink } from "./theme.ts";

/** The rectangle within which data are drawn, in pixels from the left and the top. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const TICK = 6;
const SHORT_TICK = 4;
export const lineHeight = 15;
/** From the bottom axis to the middle of its numbers. */
const toNumbers = 16;
/** Least distance between numbers, side by side and one above the other. */
const BESIDE = 14;
const ABOVE = 30;

/** The densest ticks whose numbers keep apart. */
export const fittingTicks = ({ at, tickSets }: Scale, side: "bottom" | "left"): readonly Tick[] => {
  const keepApart = (ticks: readonly Tick[]): boolean => {
    const boxes = ticks
      .filter(({ text }) => text !== "")
      .map(({ value, text }) => ({ at: at(value), half: side === "bottom" ? textWidth(text) / 2 : 0 }))
      .sort((a, b) => a.at - b.at);
    const gap = side === "bottom" ? BESIDE : ABOVE;
    return boxes.every((box, i) => i === 0 || box.at - box.half - (boxes[i - 1].at + boxes[i - 1].half) >= gap);
  };
  return tickSets.find(keepApart) ?? tickSets.at(-1)?.slice(0, 1) ?? [];
};

/** Room that ticks need on the left whichever fit, in pixels. */
export const widthOfTicks = ({ tickSets }: Scale): number =>
  tickSets.flat().reduce((most, { text }) => Math.max(most, textWidth(text)), 0) + TICK + 6;

/** Room for the last number of a bottom axis beyond the right end of the axis, in pixels. */
export const overhang = ({ at, tickSets }: Scale, right: number): number =>
  tickSets.flat().reduce((most, { value, text }) => Math.max(most, at(value) + textWidth(text) / 2 - right), 0);

const rules = { fill: "none", stroke: ink, "stroke-width": 0.75 };

export const axisRule = (points: readonly (readonly [number, number])[]): SvgElement =>
  element("path", { "data-mark": "axes", d: pathThrough(points), ...rules, "stroke-opacity": 0.6 });

/** Ticks and numbers along the left edge. */
export const leftTicks = (ticks: readonly Tick[], { at }: Scale, { left }: Frame): SvgElement =>
  group({ "data-mark": "y-ticks" }, [
    ...tickMarks(ticks, (value, size) => [left, at(value), left - size, at(value)]),
    ...ticks.filter(hasText).map(({ value, text }) => textAt(left - TICK - 3, at(value), text, { anchor: "end" })),
  ]);

/** Ticks and numbers along the bottom edge. */
export const bottomTicks = (ticks: readonly Tick[], { at }: Scale, { bottom }: Frame): SvgElement =>
  group({ "data-mark": "x-ticks" }, [
    ...tickMarks(ticks, (value, size) => [at(value), bottom, at(value), bottom + size]),
    ...ticks.filter(hasText).map(({ value, text }) => textAt(at(value), bottom + toNumbers, text)),
  ]);

const hasText = ({ text }: Tick): boolean => text !== "";

const tickMarks = (
  ticks: readonly Tick[],
  line: (value: number, size: number) => readonly [number, number, number, number],
): SvgElement[] =>
  ticks.length === 0
    ? []
    : [
        element("path", {
          d: pathOfLines(ticks.map(tick => line(tick.value, hasText(tick) ? TICK : SHORT_TICK))),
          ...rules,
        }),
      ];

/** Room for the arrow that says which way an axis grows. */
const ARROW = 13;

/** The lines of an axis title that has `width` pixels, arrow included; none where an axis has no title. */
export const titleLines = (text: string, width: number): readonly string[] =>
  text === "" ? [] : wrapped(text, width - ARROW);

/** Width of a title with its arrow, in pixels. */
export const titleWidth = (lines: readonly string[]): number =>
  ARROW + lines.reduce((most, line) => Math.max(most, textWidth(line)), 0);

/** Room below a bottom axis for its numbers and its title, in pixels. */
export const bottomHeight = (title: readonly string[]): number => toNumbers + 8 + title.length * lineHeight + 3;

/** The title of a bottom axis, its right end at `right`, where an arrow points on. */
export const bottomTitle = (lines: readonly string[], { bottom }: Frame, right: number): SvgElement[] => {
  if (lines.length === 0) return [];
  const middle = (i: number): number => bottom + toNumbers + 10 + (i + 0.5) * lineHeight;
  const at = middle(lines.length - 1);
  return [
    group(
      { "data-mark": "x-title" },
      lines.map((line, i) => textAt(right - ARROW, middle(i), line, { anchor: "end" })),
    ),
    arrow([right - 9, at], [right, at]),
  ];
};

/** The title of a left axis, its top left corner at a place, after an arrow that points up. */
export const leftTitle = (lines: readonly string[], x: number, y: number): SvgElement[] => [
  arrow([x + 4, y + lineHeight / 2 + 4], [x + 4, y + lineHeight / 2 - 4]),
  group(
    { "data-mark": "y-title" },
    lines.map((line, i) => textAt(x + ARROW, y + (i + 0.5) * lineHeight, line, { anchor: "start" })),
  ),
];

type Place = readonly [x: number, y: number];

/** Drawn, as not every font has one. */
const arrow = ([x, y]: Place, [tipX, tipY]: Place): SvgElement => {
  const [dx, dy] = [Math.sign(tipX - x) * 3, Math.sign(tipY - y) * 3];
  const head: readonly Place[] = [
    [tipX - dx - dy, tipY - dy - dx],
    [tipX, tipY],
    [tipX - dx + dy, tipY - dy + dx],
  ];
  const d =
    pathThrough([
      [x, y],
      [tipX, tipY],
    ]) + pathThrough(head);
  return element("path", { d, fill: "none", stroke: ink });
};
