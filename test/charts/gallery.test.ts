import { describe, expect, test } from "vitest";
import { categoryHistogram } from "../../src/charts/category-histogram.ts";
import { circleRow } from "../../src/charts/circle-row.ts";
import { columnPolygons } from "../../src/charts/column-polygons.ts";
import { countBars } from "../../src/charts/count-bars.ts";
import { energyLevelDiagram } from "../../src/charts/energy-levels.ts";
import { heatMap } from "../../src/charts/heat-map.ts";
import { lineChart } from "../../src/charts/line-chart.ts";
import { lineCharts } from "../../src/charts/line-charts.ts";
import { type MapCell, phaseMap } from "../../src/charts/phase-map.ts";
import type { Surface } from "../../src/charts/surface.ts";
import { type Drawing, svgText } from "../../src/charts/svg.ts";
import { colours } from "../../src/charts/theme.ts";
import curves from "./data/curves.json" with { type: "json" };
import { cutTexts, labelOverlaps, linesOf } from "./picture.ts";

const hues = Object.values(colours);

interface Chart extends Surface {
  draw(surface: Surface): Drawing;
}

const sized = (width: number, height: number, draw: (surface: Surface) => Drawing): Chart => ({ width, height, draw });

const sweepOf = (f: (x: number) => number): [number, number][] =>
  Array.from({ length: 81 }, (_, i) => [(1.2 * i) / 80, f((1.2 * i) / 80)]);

const regular = (k: number, length: number): [number, number][] =>
  Array.from({ length: k }, (_, j) => [
    length * Math.cos(0.3 + (2 * Math.PI * j) / k),
    length * Math.sin(0.3 + (2 * Math.PI * j) / k),
  ]);

/** Cells of a map of 9 x 7, by their places as shares of its width and height. */
const cellsOver = <Cell>(of: (x: number, y: number) => Cell): (Cell & { column: number; row: number })[] =>
  Array.from({ length: 63 }, (_, i) => {
    const [column, row] = [i % 9, Math.floor(i / 9)];
    return { column, row, ...of(column / 8, row / 6) };
  });

const mapAxes = {
  x: {
    label: "learning rate (rate)",
    scale: "log" as const,
    values: Array.from({ length: 9 }, (_, i) => 10 ** (i / 4 - 4)),
  },
  y: { label: "weight decay (weightDecay)", values: Array.from({ length: 7 }, (_, i) => i / 2) },
};

const threePhases = [
  { label: "generalised after a while", colour: colours.blue, mark: "none" as const },
  { label: "memorised", colour: colours.vermillion, mark: "slash" as const },
  { label: "diverged", colour: colours.grey, mark: "cross" as const },
];

/** The more probable of the first two phases left and right of a line, but the third in a corner. */
const probabilitiesAt = (x: number, y: number): readonly number[] => {
  const right = 1 / (1 + Math.exp(-12 * (x - 0.3 - 0.3 * y)));
  const corner = x > 0.9 && y < 0.2 ? 0.98 : 0;
  return [(1 - right) * (1 - corner), right * (1 - corner), corner];
};

const curveOverMap = Array.from({ length: 25 }, (_, i) => [10 ** (2 * (0.3 + (0.3 * i) / 24) - 4), i / 8] as const);

const gallery: { readonly [name: string]: Chart } = {
  "loss-curves-over-levels": sized(760, 440, surface =>
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
      surface,
    ),
  ),
  "log-axes-points-over-theory": sized(640, 400, surface => {
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
      surface,
    );
  }),
  "categories-against-expected": sized(640, 380, surface =>
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
      surface,
    ),
  ),
  "counts-with-expected-ticks": sized(640, 260, surface =>
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
      surface,
    ),
  ),
  "energy-levels-by-family": sized(880, 480, surface =>
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
      surface,
    ),
  ),
  "column-polygons": sized(760, 640, surface =>
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
      surface,
    ),
  ),
  "panels-with-places": sized(760, 620, surface =>
    lineCharts(
      { title: "Two panels", description: "A sweep of a control, and what follows it." },
      [
        {
          title: "Order",
          description: "It jumps.",
          x: { label: "weight decay gamma of all layers, per step", domain: [0, 1.2] },
          y: { label: "order parameter, alignment of the product of all layers with the teacher", domain: [0, 1.05] },
          curves: [
            {
              points: sweepOf(x => Math.sqrt(Math.max(0, 1 - x))),
              colour: colours.vermillion,
              dashed: true,
              label: "theory",
            },
          ],
          scatters: [
            {
              points: sweepOf(x => 1.1 - x / 1.3).filter((_, i) => i % 8 === 0),
              ranges: sweepOf(x => 1.1 - x / 1.3)
                .filter((_, i) => i % 8 === 0)
                .map(([, y]) => [y - 0.1, y + 0.1] as const),
              colour: colours.blue,
            },
          ],
          places: [
            { label: "fold up 0.3968", value: 0.3968 },
            { label: "equal free energies 0.44", value: 0.44 },
            { label: "fold down 0.52", value: 0.52 },
            { label: "N (one layer)", value: 1 },
          ],
          key: [
            { sample: "ring", text: "measured on the way up, mean of eight seeds", colour: colours.blue },
            { sample: "dashed", text: "closed form at infinite width", colour: colours.vermillion },
          ],
        },
        {
          title: "Steps",
          description: "Many.",
          x: { label: "weight decay gamma of all layers, per step", domain: [0, 1.2] },
          y: { label: "steps until it settles" },
          curves: [{ points: sweepOf(x => 4e6 * (1 + x)), colour: colours.green, label: "longest" }],
          levels: [{ label: "a budget with quite a long name", value: 5e6, colour: colours.purple }],
        },
      ],
      surface,
    ),
  ),
  "many-levels-over-many-decades": sized(700, 340, surface =>
    lineChart(
      {
        title: "Many levels",
        description: "Sixteen levels in one colour.",
        x: { label: "training steps", scale: "log" },
        y: { label: "loss", scale: "log" },
        curves: [
          {
            points: Array.from({ length: 40 }, (_, i) => [10 ** (i / 6), 10 ** (-i / 4)] as const),
            colour: colours.blue,
          },
        ],
        levels: Array.from({ length: 16 }, (_, i) => ({ label: `plateau number ${i + 1}`, value: 10 ** (-i / 8) })),
      },
      surface,
    ),
  ),
  "many-categories": sized(700, 360, surface =>
    categoryHistogram(
      {
        title: "Fourteen classes",
        description: "Some with long names.",
        xLabel: "class of the draws, by the number of directions that are flat",
        yLabel: "share of draws",
        total: 1,
        measured: "mean over chains, 95 %",
        categories: Array.from({ length: 14 }, (_, i) => ({
          label: i % 5 === 2 ? `in transit between ${i} and ${i + 1}` : `${i}++-`,
          count: 0.3 / (i + 1),
          text: (0.3 / (i + 1)).toFixed(3),
          interval: [0.2 / (i + 1), 0.4 / (i + 1)] as const,
          colour: hues[i % hues.length]!,
        })),
      },
      surface,
    ),
  ),
  "counts-with-long-names": sized(640, 220, surface =>
    countBars(
      {
        title: "Long names",
        description: "Two bars.",
        xLabel: "number of chains that ended there",
        expected: "expected",
        bars: [
          {
            label: "all of the chains that never left the saddle they started at",
            count: 12_345,
            colour: colours.blue,
          },
          { label: "the others", count: 2, colour: colours.grey },
        ],
      },
      surface,
    ),
  ),
  "phases-of-seeds": sized(760, 460, surface =>
    phaseMap(
      {
        title: "Phases over two controls",
        description: "Two phases on both sides of a line, and a corner.",
        ...mapAxes,
        phases: threePhases,
        cells: cellsOver((x, y): Omit<MapCell, "column" | "row"> => {
          const probabilities = probabilitiesAt(x, y);
          const agreement = Math.max(...probabilities);
          return { phase: probabilities.indexOf(agreement), agreement, probabilities };
        }),
        boundaries: true,
        theory: [curveOverMap],
      },
      surface,
    ),
  ),
  "phases-where-some-were-run": sized(760, 460, surface =>
    phaseMap(
      {
        title: "Phases of some of the cells",
        description: "Every third cell was run.",
        ...mapAxes,
        phases: threePhases.slice(0, 2),
        cells: cellsOver((x, y) => ({ phase: x > 0.5 ? 1 : 0, agreement: (8 * x + 6 * y) % 3 === 0 ? 1 : null })),
      },
      surface,
    ),
  ),
  "order-over-two-controls": sized(760, 460, surface =>
    heatMap(
      {
        title: "Order parameter over two controls",
        description: "It rises to the right; in the corner there is none.",
        ...mapAxes,
        cells: cellsOver((x, y) => ({ value: x > 0.9 && y < 0.2 ? null : x - 0.4 * y })),
        value: "order parameter, mean over seeds",
        missing: "diverged",
        theory: [curveOverMap],
      },
      surface,
    ),
  ),
  circles: sized(860, 230, surface =>
    circleRow(
      [1, 2, 3, 5].map(frequency => ({
        frequency,
        points: Array.from({ length: 31 }, (_, a) => {
          const angle = (2 * Math.PI * a * frequency) / 31;
          return [(1 + 0.1 * Math.sin(a)) * Math.cos(angle), (1 + 0.1 * Math.cos(3 * a)) * Math.sin(angle)];
        }),
      })),
      surface,
    ),
  ),
};

describe.each(Object.entries(gallery))("%s", (name, { width, height, draw }) => {
  test("looks as stored", async () => {
    await expect(linesOf(draw({ width, height }))).toMatchFileSnapshot(`snapshots/${name}.svg`);
  });

  test("looks as stored on a phone", async () => {
    await expect(linesOf(draw({ width: 340, height: 300 }))).toMatchFileSnapshot(`snapshots/${name}-340.svg`);
  });

  test.each([320, 340, 390, 480, 600, 760, 1000, 1200])(
    "fits in %i pixels, no text cut and no two overlapping",
    width => {
      for (const height of [120, 300, 500]) {
        const svg = draw({ width, height });
        expect(svg.attributes.width).toBe(width);
        expect(svg.attributes.height).toBeGreaterThan(100);
        expect(svgText(svg)).not.toMatch(/NaN|Infinity|undefined/);
        expect(labelOverlaps(svg)).toEqual([]);
        expect(cutTexts(svg)).toEqual([]);
      }
    },
  );

  test("has an accessible name and description", () => {
    const { role, "aria-label": title, "aria-description": description } = draw({ width, height }).attributes;
    expect(role).toBe("img");
    expect(title).toMatch(/\w/);
    expect(description).toMatch(/\.$/);
  });
});
