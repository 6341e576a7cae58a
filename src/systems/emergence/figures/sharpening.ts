import type { LineChart } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { wilson } from "../../../numerics/statistics.ts";
import { sweepValues } from "../../../numerics/sweep-values.ts";
import { compoundingShape } from "../../../transitions/emergence/token-metrics.ts";
import { storage } from "../claims/studies.ts";
import { LOADS } from "../protocols/storage.ts";
import { coverProbability, coverWidth } from "../theory/cover.ts";

const SIZES = [10, 20, 40, 80, 160];
const CURVES = [
  { inputs: 10, colour: colours.green },
  { inputs: 80, colour: colours.purple },
] as const;

const storedChart = (run: RunView): LineChart => {
  const { inputs } = storage.settings(run);
  const trials = storage.of(run, "sample");
  const curve = (own: number) =>
    Array.from({ length: 3 * own - Math.ceil(own / 2) + 1 }, (_, i) => Math.ceil(own / 2) + i).map(
      P => [P / own, coverProbability(P, own)] as const,
    );
  const shares = LOADS.map(load => {
    const own = trials.filter(({ N }) => N === Math.round(load * inputs));
    return wilson(own.filter(({ stored }) => stored === 1).length, own.length);
  });
  return {
    title: "A true transition: storage of a perceptron",
    description: "Steeper with every doubling of the inputs.",
    x: { label: "patterns per input", domain: [0.5, 3] },
    y: { label: "probability of storage", domain: [0, 1] },
    curves: [
      ...CURVES.map(({ inputs: own, colour }) => ({ points: curve(own), colour, label: `${own} inputs` })),
      { points: curve(inputs), colour: colours.blue, label: `${inputs} inputs` },
    ],
    scatters: [
      {
        points: LOADS.map((load, i) => [load, shares[i].estimate]),
        ranges: shares.map(({ low, high }) => [low, high]),
        colour: colours.blue,
      },
    ],
    key: [{ sample: "ring", text: `measured, ${inputs} inputs, 95 %`, colour: colours.blue }],
  };
};

const widthChart = (): LineChart => ({
  title: "Width of the transition",
  description: "That of storage falls as the root of the size, that of exact match stays.",
  x: { label: "size: inputs, or tokens of a target", scale: "log" },
  y: { label: "width from 10 to 90 %", scale: "log" },
  curves: [
    {
      points: [...sweepValues(10, 160, 30, "log")].map(Math.round).map(size => [size, coverWidth(size).width]),
      colour: colours.blue,
      label: "storage",
    },
    {
      points: SIZES.map(size => [size, compoundingShape({ a: 1, c: 1 }, size).width1090]),
      colour: colours.vermillion,
      label: "exact match",
    },
  ],
});

export const sharpeningFigure = chartsFigure({
  name: "sharpening",
  title: "How a true transition tells itself from a metric: it sharpens with size",
  description: "Storage of a perceptron above, widths over sizes below.",
  height: 720,
  needs: [storage.has("sample")],
  caption: run =>
    `Measured: share of ${storage.of(run, "sample").length / LOADS.length} sets of random patterns with random labels that a perceptron of ${storage.settings(run).inputs} inputs stores, by linear programming (rings, with 95 % intervals). ` +
    "Theory: Cover's count of labellings (curves above); below the width from 10 to 90 % of storage, which falls with exponent -1/2, and of exact match in ln N when the loss is N^-1, which is 3.084 for targets of any length.",
  charts: run => [storedChart(run), widthChart()],
});
