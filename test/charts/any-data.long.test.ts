import fc from "fast-check";
import { expect, test } from "vitest";
import { categoryHistogram } from "../../src/charts/category-histogram.ts";
import { cellMarks } from "../../src/charts/cell-mark.ts";
import { columnPolygons } from "../../src/charts/column-polygons.ts";
import { countBars } from "../../src/charts/count-bars.ts";
import { energyLevelDiagram } from "../../src/charts/energy-levels.ts";
import { heatMap } from "../../src/charts/heat-map.ts";
import type { KeyEntry } from "../../src/charts/key.ts";
import { lineChart } from "../../src/charts/line-chart.ts";
import { lineCharts } from "../../src/charts/line-charts.ts";
import { phaseMap } from "../../src/charts/phase-map.ts";
import type { Surface } from "../../src/charts/surface.ts";
import { type Drawing, svgText } from "../../src/charts/svg.ts";
import { colours } from "../../src/charts/theme.ts";
import { marksOf } from "../support/svg-elements.ts";
import { cutTexts, labelOverlaps } from "./picture.ts";

const surface = fc.record({ width: fc.integer({ min: 320, max: 1200 }), height: fc.integer({ min: 50, max: 900 }) });
/** Words, and strings of any letters. */
const label = fc
  .oneof(
    fc.array(fc.constantFrom("4++-", "loss", "of", "the", "population", "0.1042", "λ", "n"), {
      minLength: 1,
      maxLength: 9,
    }),
    fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 14 }), { minLength: 1, maxLength: 4 }),
  )
  .map(words => words.join(" "));
const colour = fc.constantFrom(...Object.values(colours));
const share = fc.double({ min: 0, max: 1, noNaN: true });
const described = { title: fc.constant("Any data"), description: fc.constant("Any.") };

const expectReadable = (draw: (surface: Surface) => Drawing, { width, height }: Surface): void => {
  const svg = draw({ width, height });
  expect(svg.attributes.width).toBe(width);
  expect(svgText(svg)).not.toMatch(/NaN|Infinity|undefined/);
  expect(labelOverlaps(svg)).toEqual([]);
  expect(cutTexts(svg)).toEqual([]);
};

const lineChartData = fc
  .record({
    xLog: fc.boolean(),
    yLog: fc.boolean(),
    size: fc.integer({ min: -7, max: 9 }),
    hasDomain: fc.boolean(),
    whole: fc.boolean(),
  })
  .chain(({ xLog, yLog, size, hasDomain, whole }) => {
    const value = (isLog: boolean) =>
      fc.double({ min: isLog ? 1e-9 : -1, max: 1, noNaN: true }).map(each => each * 10 ** size);
    const [x, y] = [value(xLog), value(yLog)];
    const points = fc.array(fc.tuple(x, y), { maxLength: 30 });
    const axis = (isLog: boolean) =>
      fc.record({
        label,
        scale: fc.constant(isLog ? ("log" as const) : ("linear" as const)),
        whole: fc.constant(whole),
        ...(hasDomain && { domain: fc.constant([10 ** (size - 2), 0.5 * 10 ** size] as const) }),
      });
    return fc.record({
      ...described,
      x: axis(xLog),
      y: axis(yLog),
      curves: fc.array(fc.record({ points, colour, label, dashed: fc.boolean() }), { maxLength: 4 }),
      scatters: fc.array(
        fc.tuple(points, colour, fc.oneof(value(false), fc.constant(Number.NaN))).map(([points, colour, error]) => ({
          points,
          colour,
          ranges: points.map(([, y]) => [y - error, y + error] as const),
        })),
        { maxLength: 3 },
      ),
      levels: fc.array(fc.record({ label, value: y, colour }), { maxLength: 12 }),
      places: fc.array(fc.record({ label, value: x }), { maxLength: 6 }),
      key: fc.array(fc.record({ sample: fc.constantFrom("line", "ring"), text: label, colour }), {
        maxLength: 5,
      }) as fc.Arbitrary<KeyEntry[]>,
    });
  });

test("line charts of any data and labels can be read at any width", () => {
  fc.assert(fc.property(lineChartData, surface, (chart, at) => expectReadable(own => lineChart(chart, own), at)));
});

test("so can stacks of them, and their frames have the same ends", () => {
  fc.assert(
    fc.property(fc.array(lineChartData, { minLength: 2, maxLength: 3 }), surface, (charts, at) =>
      expectReadable(own => {
        const svg = lineCharts({ title: "All", description: "All." }, charts, own);
        const ends = marksOf(svg, "axes").map(({ attributes }) =>
          [...`${attributes.d}`.matchAll(/[ML]([\d.]+),/g)].map(([, x]) => x),
        );
        expect(new Set(ends.map(String)).size).toBe(1);
        return svg;
      }, at),
    ),
    { numRuns: 40 },
  );
});

test("histograms of any categories can be read at any width", () => {
  const interval = fc.tuple(share, share).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  const category = fc.record(
    { label, count: share, colour, text: label, interval, expected: fc.record({ fraction: share, range: interval }) },
    { requiredKeys: ["label", "count", "colour"] },
  );
  const chart = fc.record({
    ...described,
    xLabel: label,
    yLabel: label,
    total: fc.constant(1),
    categories: fc.array(category, { maxLength: 40 }),
    measured: label,
    expected: label,
  });
  fc.assert(fc.property(chart, surface, (data, at) => expectReadable(own => categoryHistogram(data, own), at)));
});

test("bars of any counts can be read at any width", () => {
  const bar = fc.record(
    { label, count: fc.integer({ min: 0, max: 1e7 }), expected: fc.double({ min: 0, max: 1e7, noNaN: true }), colour },
    { requiredKeys: ["label", "count", "colour"] },
  );
  const chart = fc.record({ ...described, xLabel: label, expected: label, bars: fc.array(bar, { maxLength: 20 }) });
  fc.assert(fc.property(chart, surface, (data, at) => expectReadable(own => countBars(data, own), at)));
});

test("any energy levels can be read at any width", () => {
  const kind = fc.constantFrom("minimum" as const, "saddle" as const);
  const level = fc.record({ label, value: share, kind, colour });
  const family = fc.record({ name: label, levels: fc.array(level, { maxLength: 8 }) });
  const chart = fc.record({ ...described, yLabel: label, families: fc.array(family, { maxLength: 9 }) });
  fc.assert(fc.property(chart, surface, (data, at) => expectReadable(own => energyLevelDiagram(data, own), at)));
});

test("any columns can be read at any width", () => {
  const number = fc.double({ min: -2, max: 2, noNaN: true });
  const panel = fc.integer({ min: 1, max: 40 }).chain(count => {
    const each = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: count, maxLength: count });
    return fc.record({
      title: label,
      lines: fc.array(label, { maxLength: 2 }),
      columns: each(fc.tuple(number, number)),
      bias: each(number),
      live: each(fc.boolean()),
      colour,
    });
  });
  const row = fc.record({ name: label, panels: fc.array(panel, { maxLength: 6 }) }, { requiredKeys: ["panels"] });
  const chart = fc.record({ ...described, rows: fc.array(row, { maxLength: 3 }) });
  fc.assert(fc.property(chart, surface, (data, at) => expectReadable(own => columnPolygons(data, own), at)));
});

/** Axes of a map, and as many of something as it has cells. */
const cellsOf = <T>(each: fc.Arbitrary<T>) =>
  fc
    .record({
      xLog: fc.boolean(),
      yLog: fc.boolean(),
      columns: fc.integer({ min: 1, max: 30 }),
      rows: fc.integer({ min: 1, max: 20 }),
    })
    .chain(({ xLog, yLog, columns, rows }) => {
      const axis = (isLog: boolean, count: number) =>
        fc.record({
          label,
          scale: fc.constant(isLog ? ("log" as const) : ("linear" as const)),
          values: fc
            .uniqueArray(fc.integer({ min: isLog ? 1 : -500, max: 500 }), { minLength: count, maxLength: count })
            .map(values => values.sort((a, b) => a - b).map(value => value / 50)),
        });
      const all = fc
        .array(each, { minLength: columns * rows, maxLength: columns * rows })
        .map(list => list.map((one, i) => ({ column: i % columns, row: Math.floor(i / columns), ...one })));
      return fc.record({ ...described, x: axis(xLog, columns), y: axis(yLog, rows), cells: all });
    });

test("maps of any phases can be read at any width", () => {
  const cell = fc.record({
    phase: fc.integer({ min: 0, max: 2 }),
    agreement: fc.oneof(share, fc.constant(null)),
    probabilities: fc.tuple(share, share, share),
  });
  const phases = fc.array(fc.record({ label, colour, mark: fc.constantFrom(...cellMarks) }), {
    minLength: 3,
    maxLength: 9,
  });
  fc.assert(
    fc.property(cellsOf(cell), phases, fc.boolean(), surface, (chart, phases, boundaries, at) =>
      expectReadable(own => phaseMap({ ...chart, phases, boundaries }, own), at),
    ),
  );
});

test("maps of any numbers can be read at any width", () => {
  const cell = fc.record({ value: fc.oneof(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.constant(null)) });
  fc.assert(
    fc.property(cellsOf(cell), label, surface, (chart, value, at) =>
      expectReadable(own => heatMap({ ...chart, value }, own), at),
    ),
  );
});
