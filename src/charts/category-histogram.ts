import { axisRule, fittingTicks, leftTicks, lineHeight, widthOfTicks } from "./axes.ts";
import { bandsOf } from "./bands.ts";
import { headerOf } from "./header.ts";
import type { KeyEntry } from "./key.ts";
import { domainOf, type Scale, scaleOf } from "./scale.ts";
import { stacked } from "./stacked.ts";
import type { Surface } from "./surface.ts";
import { type Drawing, element, pathOfLines, type SvgElement } from "./svg.ts";
import { cutTo, inRows, rowCount, textAt, textWidth, wrapped } from "./text.ts";
import { type Description, ink, picture } from "./theme.ts";

export interface Category {
  readonly label: string;
  readonly count: number;
  /** Written above the bar; the count when absent. */
  readonly text?: string;
  /** 95 % interval of the fraction; none when absent. */
  readonly interval?: readonly [number, number];
  /** The fraction expected, with its range. */
  readonly expected?: { readonly fraction: number; readonly range: readonly [number, number] };
  readonly colour: string;
}

export interface CategoryHistogram extends Description {
  /** What the categories are. */
  readonly xLabel: string;
  readonly yLabel: string;
  /** The number of which `count` is a part. */
  readonly total: number;
  readonly categories: readonly Category[];
  /** Words of the key for the two kinds of mark. */
  readonly measured: string;
  readonly expected?: string;
}

/** Steps from one bar to the next, in pixels. */
const WIDEST = 150;
const NARROWEST = 14;
const PADDING = 0.2;
const RIGHT = 16;
const EDGE = 4;
const SMALLEST_PLOT = 130;
const BOLD = { bold: true };

/** Fractions of a whole as bars with whiskers, each beside the fraction expected. More than fit side by side continue below, on the same scale. */
export const categoryHistogram = (chart: CategoryHistogram, surface: Surface): Drawing => {
  const { categories, total } = chart;
  const tops = categories.flatMap(({ count, interval, expected }) => [
    count / total,
    interval?.[1] ?? 0,
    expected?.range[1] ?? 0,
  ]);
  const highest = tops.reduce((a, b) => Math.max(a, b), 0);
  const axis = { label: chart.yLabel };
  const domain = domainOf(axis, [0, highest > 0 ? Math.min(1, highest) : 1]);
  const left = Math.max(44, widthOfTicks(scaleOf(axis, domain, [surface.height, 0])));
  const most = Math.max(1, Math.floor((surface.width - left - RIGHT) / NARROWEST - PADDING));
  const rows = Array.from({ length: Math.max(1, Math.ceil(categories.length / most)) }, (_, row) => ({
    ...chart,
    categories: categories.slice(row * most, (row + 1) * most),
  }));
  const drawn = rows.map(row => ({ share: 1, draw: (own: Surface) => histogramRow(row, own, { domain, left }) }));
  return drawn.length === 1 ? drawn[0].draw(surface) : stacked(chart, drawn, surface);
};

interface FractionAxis {
  readonly domain: readonly [number, number];
  /** Where it stands, in pixels. */
  readonly left: number;
}

const histogramRow = (
  chart: CategoryHistogram,
  { width, height }: Surface,
  { domain, left }: FractionAxis,
): Drawing => {
  const { categories, total } = chart;
  const bars = categories.map(category => ({
    ...category,
    fraction: category.count / total,
    text: category.text ?? String(category.count),
    label: cutTo(category.label, width - 2 * EDGE),
    top: Math.max(category.count / total, category.interval?.[1] ?? 0),
  }));
  const entries: readonly KeyEntry[] = [
    { sample: "whisker", text: chart.measured },
    ...(chart.expected === undefined ? [] : [{ sample: "range" as const, text: chart.expected }]),
  ];
  const header = headerOf(chart.yLabel, entries, width);
  // A few bars stay bars: what is left of the width stays empty.
  const step = Math.min(WIDEST, (width - left - RIGHT) / (bars.length + PADDING));
  const right = left + step * (bars.length + PADDING);
  const bands = bandsOf(bars.length, [left, right], PADDING);

  // Texts above the bars stand upright where they are wider than the step from bar to bar.
  const widest = Math.max(0, ...bars.map(({ text }) => textWidth(text, BOLD)));
  const upright = widest + 4 > step;
  const names = inRows(
    bars.map(({ label }, i) => ({ text: label, at: bands.centre(i) })),
    [EDGE, width - EDGE],
  );
  const title = wrapped(chart.xLabel, width - 2 * EDGE);
  const top = header.height + (upright ? widest : lineHeight) + 8;
  const under = 8 + (rowCount(names) + title.length) * lineHeight + 6;
  const bottom = top + Math.max(SMALLEST_PLOT, height - top - under);
  const y = scaleOf({ label: chart.yLabel }, domain, [bottom, top]);
  const middle = Math.min(width - EDGE - textWidth(chart.xLabel) / 2, (left + right) / 2);
  const titleAt = Math.max(EDGE + Math.max(...title.map(line => textWidth(line))) / 2, middle);
  return picture(chart, { width, height: bottom + under }, [
    axisRule([
      [left, top],
      [left, bottom],
      [right, bottom],
    ]),
    leftTicks(fittingTicks(y, "left"), y, { left, right, top, bottom }),
    ...header.elements,
    ...bars.flatMap((bar, i) => barMarks(bar, { y, bottom, start: bands.start(i), band: bands.width, upright })),
    ...names.map(({ x, row }, i) => textAt(x, bottom + 12 + row * lineHeight, bars[i].label)),
    ...title.map((line, i) => textAt(titleAt, bottom + 12 + (rowCount(names) + i) * lineHeight + 3, line)),
  ]);
};

interface Bar extends Category {
  readonly fraction: number;
  readonly text: string;
  /** The highest of its marks. */
  readonly top: number;
}

interface BarPlace {
  readonly y: Scale;
  readonly bottom: number;
  /** Left end and width of the band, in pixels. */
  readonly start: number;
  readonly band: number;
  readonly upright: boolean;
}

/** Share of a band for what is expected, and half of the width of a whisker's cap in pixels. */
const EXPECTED = 0.32;
const CAP = 4;

const barMarks = (bar: Bar, { y, bottom, start, band, upright }: BarPlace): SvgElement[] => {
  const { fraction, interval, expected, text, colour, top } = bar;
  const width = expected === undefined ? band : band * (1 - EXPECTED);
  const middle = start + width / 2;
  const stroked = { fill: "none", stroke: ink };
  const marks = [
    element("rect", {
      "data-mark": "bar",
      ...{ x: start, y: y.at(fraction), width, height: bottom - y.at(fraction) },
      ...{ fill: colour, "fill-opacity": 0.85 },
    }),
    upright
      ? textAt(middle, y.at(top) - 5, text, { ...BOLD, anchor: "start", upright })
      : textAt(middle, y.at(top) - 9, text, BOLD),
  ];
  if (interval) {
    const [low, high] = interval.map(y.at);
    const d = pathOfLines([
      [middle, low, middle, high],
      [middle - CAP, low, middle + CAP, low],
      [middle - CAP, high, middle + CAP, high],
    ]);
    marks.push(element("path", { "data-mark": "whiskers", d, ...stroked, "stroke-width": 1.25 }));
  }
  if (expected) {
    const at = start + band - (band * EXPECTED) / 2;
    const half = Math.max(2, (band * EXPECTED) / 2 - 3);
    const [low, high] = expected.range.map(y.at);
    marks.push(
      element("path", { d: pathOfLines([[at, low, at, high]]), ...stroked, "stroke-width": 4, "stroke-opacity": 0.3 }),
      element("path", {
        "data-mark": "expected",
        d: pathOfLines([[at - half, y.at(expected.fraction), at + half, y.at(expected.fraction)]]),
        ...stroked,
        "stroke-width": 2,
      }),
    );
  }
  return marks;
};
