import { axisRule, bottomHeight, bottomTicks, bottomTitle, fittingTicks, lineHeight, titleLines } from "./axes.ts";
import { bandsOf } from "./bands.ts";
import { headerOf } from "./header.ts";
import { domainOf, scaleOf } from "./scale.ts";
import type { Surface } from "./surface.ts";
import { type Drawing, element, pathOfLines } from "./svg.ts";
import { cutTo, textAt, textWidth } from "./text.ts";
import { type Description, ink, picture } from "./theme.ts";

export interface CountBar {
  readonly label: string;
  readonly count: number;
  readonly expected?: number;
  readonly colour: string;
}

export interface CountBars extends Description {
  readonly xLabel: string;
  readonly bars: readonly CountBar[];
  /** Words of the key for the tick of the expected count. */
  readonly expected: string;
}

const EDGE = 4;
/** Names that would take more of the width stand above their bars. */
const MOST_FOR_NAMES = 0.4;
const LOWEST_BAR = 12;

/** Counts of named things as horizontal bars, each with a tick where it is expected. */
export const countBars = (chart: CountBars, { width, height }: Surface): Drawing => {
  const { bars } = chart;
  const header = headerOf(
    "",
    bars.some(({ expected }) => expected !== undefined) ? [{ sample: "tick", text: chart.expected }] : [],
    width,
  );
  const title = titleLines(chart.xLabel, width - 2 * EDGE);
  const nameRoom = 16 + Math.max(0, ...bars.map(({ label }) => textWidth(label)));
  const isBeside = nameRoom <= MOST_FOR_NAMES * width;
  const left = isBeside ? nameRoom : 12;
  const countRoom = Math.max(0, ...bars.map(({ count }) => textWidth(String(count), { bold: true })));
  const right = width - Math.max(24, countRoom + 14);
  const top = header.height + 8;
  const nameHeight = isBeside ? 0 : lineHeight;
  const needed = bars.length * 1.5 * (LOWEST_BAR + nameHeight);
  const bottom = top + Math.max(needed, height - top - bottomHeight(title));
  const frame = { left, right, top, bottom };

  const most = Math.max(1, ...bars.map(({ count, expected = 0 }) => Math.max(count, expected)));
  const axis = { label: chart.xLabel, whole: true };
  const x = scaleOf(axis, domainOf({ ...axis, domain: [0, most] }, []), [left, right]);
  const bands = bandsOf(bars.length, [top, bottom], 0.3);
  const barHeight = bands.width - nameHeight;
  return picture(chart, { width, height: bottom + bottomHeight(title) }, [
    ...header.elements,
    axisRule([
      [left, top],
      [left, bottom],
    ]),
    bottomTicks(fittingTicks(x, "bottom"), x, frame),
    ...bottomTitle(title, frame, width - EDGE),
    ...bars.flatMap(({ label, count, expected, colour }, i) => {
      const start = bands.start(i) + nameHeight;
      const middle = start + barHeight / 2;
      const name = isBeside
        ? textAt(left - 6, middle, label, { anchor: "end" })
        : textAt(left + 2, bands.start(i) + nameHeight / 2, cutTo(label, width - left - EDGE), { anchor: "start" });
      const bar = element("rect", {
        "data-mark": "bar",
        ...{ x: left, y: start, width: x.at(count) - left, height: barHeight },
        ...{ fill: colour, "fill-opacity": 0.85 },
      });
      const tick = (at: number) =>
        element("path", {
          "data-mark": "expected",
          d: pathOfLines([[x.at(at), start - 3, x.at(at), start + barHeight + 3]]),
          ...{ fill: "none", stroke: ink, "stroke-width": 2.5 },
        });
      const end = x.at(Math.max(count, expected ?? 0)) + 8;
      return [
        bar,
        ...(expected === undefined ? [] : [tick(expected)]),
        name,
        textAt(end, middle, String(count), { anchor: "start", bold: true }),
      ];
    }),
  ]);
};
