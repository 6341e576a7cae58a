import { describe, expect, test } from "vitest";
import { categoryHistogram } from "../../src/charts/category-histogram.ts";
import { columnPolygons } from "../../src/charts/column-polygons.ts";
import { countBars } from "../../src/charts/count-bars.ts";
import { energyLevelDiagram } from "../../src/charts/energy-levels.ts";
import { lineChart } from "../../src/charts/line-chart.ts";
import type { Surface } from "../../src/charts/surface.ts";
import { colours } from "../../src/charts/theme.ts";
import { makeDocument } from "../../src/report/document.ts";
import curves from "./data/curves.json" with { type: "json" };
import { labelOverlaps, roundedSvg } from "./picture.ts";

const hues = Object.values(colours);
const document = await makeDocument();
const surface = (width: number, height: number): Surface => ({ document, width, height });

const regular = (k: number, length: number): [number, number][] =>
  Array.from({ length: k }, (_, j) => [
    length * Math.cos(0.3 + (2 * Math.PI * j) / k),
    length * Math.sin(0.3 + (2 * Math.PI * j) / k),
  ]);

const gallery: { readonly [name: string]: () => SVGSVGElement } = {
  "loss-curves-over-levels": () =>
    lineChart(
      {
        title: "Loss of five runs",
        description: "Five descending staircases over six levels.",
        x: { label: "epoch" },
        y: { label: "population loss" },
        curves: curves.curves.map(({ points }, index) => ({
          points: points as [number, number][],
          colour: hues[index]!,
          opacity: 0.6,
        })),
        levels: curves.levels.map(({ label, value }, index) => ({ label, value, colour: hues[index]! })),
      },
      surface(760, 440),
    ),
  "log-axes-points-over-theory": () => {
    const sizes = Array.from({ length: 25 }, (_, i) => 10 ** (i / 6));
    return lineChart(
      {
        title: "Two power laws",
        description: "Measured points over two straight lines.",
        x: { label: "n (samples)", scale: "log" },
        y: { label: "excess loss", scale: "log" },
        curves: [
          { points: sizes.map(n => [n, 3 / n] as const), colour: colours.blue, label: "lambda = 3" },
          { points: sizes.map(n => [n, 3.5 / n] as const), colour: colours.vermillion, label: "lambda = 3.5" },
        ],
        scatters: [
          { points: sizes.map((n, i) => [n, (3 / n) * (1 + 0.2 * Math.sin(7 * i))] as const), colour: colours.blue },
        ],
      },
      surface(640, 400),
    );
  },
  "categories-against-expected": () =>
    categoryHistogram(
      {
        title: "Terminal phases",
        description: "Six bars, each beside the fraction expected.",
        xLabel: "phase at the last epoch",
        yLabel: "fraction of runs",
        total: 30,
        measured: "measured, 95 %",
        expected: "expected, 95 %",
        categories: [
          { label: "4", count: 8, interval: [0.14, 0.444], colour: colours.blue },
          { label: "4+", count: 9, interval: [0.167, 0.479], colour: colours.sky },
          { label: "4++", count: 6, interval: [0.095, 0.373], colour: colours.green },
          { label: "5", count: 6, interval: [0.095, 0.373], colour: colours.vermillion },
          { label: "5+", count: 1, interval: [0.006, 0.167], colour: colours.orange },
          { label: "in transit", count: 0, interval: [0, 0.114], colour: colours.grey },
        ].map((category, index) => ({
          ...category,
          interval: category.interval as [number, number],
          expected: {
            fraction: [0.3, 0.26, 0.213, 0.16, 0.047, 0.02][index]!,
            range: [
              [0.232, 0.378],
              [0.196, 0.336],
              [0.155, 0.286],
              [0.11, 0.227],
              [0.023, 0.093],
              [0.007, 0.057],
            ][index] as [number, number],
          },
        })),
      },
      surface(640, 380),
    ),
  "counts-with-expected-ticks": () =>
    countBars(
      {
        title: "Transitions between plateaus",
        description: "Four kinds of transition with their counts.",
        xLabel: "transitions",
        expected: "expected count",
        bars: [
          { label: "3+ to 4", count: 5, expected: 3.3, colour: colours.blue },
          { label: "4+ to 5", count: 1, expected: 1, colour: colours.vermillion },
          { label: "2+ to 3", count: 0, expected: 1, colour: colours.olive },
          { label: "3++ to 4++", count: 2, colour: colours.green },
        ],
      },
      surface(640, 260),
    ),
  "energy-levels-by-family": () =>
    energyLevelDiagram(
      {
        title: "Energy levels",
        description: "Levels of seven families; saddles are dashed.",
        yLabel: "loss",
        families: [
          ...[4, 3, 2, 1, 0].map(phi => ({
            name: `4-gon, ${phi} dead`,
            levels: [0, 1, 2].map(sigma => ({
              label: `4${"+".repeat(sigma)}${"-".repeat(phi)}`,
              value: (2 + phi - sigma / 8) / 18,
              kind: sigma > 0 && phi > 0 ? ("saddle" as const) : ("minimum" as const),
              colour: hues[sigma]!,
            })),
          })),
          {
            name: "5-gon",
            levels: [0.0687, 0.0618].map((value, sigma) => ({
              label: `5${"+".repeat(sigma)}`,
              value,
              kind: "minimum" as const,
              colour: colours.vermillion,
            })),
          },
          { name: "6-gon", levels: [{ label: "6", value: 0.0482, kind: "minimum" as const, colour: colours.purple }] },
        ],
      },
      surface(880, 480),
    ),
  "column-polygons": () =>
    columnPolygons(
      {
        title: "Columns of two runs",
        description: "Three panels, then two.",
        rows: [
          {
            name: "run 7",
            panels: [
              {
                title: "4++-",
                lines: ["epochs 30 to 210", "loss 0.1528"],
                columns: [...regular(4, 1), [0, 0.02], [0.01, 0]],
                bias: [0, 0, 0, -1.2, 0.083, 0.083],
                live: [true, true, true, false, false, false],
                colour: colours.olive,
              },
              {
                title: "4+",
                lines: ["epochs 300 to 2100", "loss 0.1042"],
                columns: [...regular(4, 1), [0.1, -0.5], [0.01, 0]],
                bias: [0, 0, 0, 0, -0.7, 0.083],
                live: [true, true, true, true, false, false],
                colour: colours.sky,
              },
              {
                title: "5",
                lines: ["epochs 2300 to 4500", "loss 0.0687"],
                columns: [...regular(5, 1.17), [0, 0]],
                bias: [-0.28, -0.28, -0.28, -0.28, -0.28, -0.6],
                live: [true, true, true, true, true, false],
                colour: colours.vermillion,
              },
            ],
          },
          {
            name: "run 12",
            panels: [4, 6].map(k => ({
              title: String(k),
              lines: ["epochs 0 to 10"],
              columns: regular(k, k === 4 ? 1 : 1.32),
              bias: new Array<number>(k).fill(k === 4 ? 0 : -0.62),
              live: new Array<boolean>(k).fill(true),
              colour: k === 4 ? colours.blue : colours.purple,
            })),
          },
        ],
      },
      surface(760, 640),
    ),
};

describe.each(Object.entries(gallery))("%s", (name, draw) => {
  const svg = draw();
  const text = roundedSvg(svg);

  test("looks as stored", async () => {
    await expect(text).toMatchFileSnapshot(`snapshots/${name}.svg`);
  });

  test("holds only finite numbers and no overlapping labels", () => {
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
    expect(labelOverlaps(svg)).toEqual([]);
  });

  test("has an accessible name and description", () => {
    expect(svg.getAttribute("role")).toBe("img");
    expect(svg.getAttribute("aria-label")).toMatch(/\w/);
    expect(svg.getAttribute("aria-description")).toMatch(/\.$/);
  });
});
