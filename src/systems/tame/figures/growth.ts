import type { LineChart } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { power } from "../../../numerics/power.ts";
import { stream } from "../../../numerics/stream.ts";
import { sweepValues } from "../../../numerics/sweep-values.ts";
import { labellings } from "../claims/labellings.ts";
import { growthFunctions } from "../theory/capacity.ts";
import { cellCap, frequencyCells, labelsAt, shatteredPoints, shatteringFrequency } from "../theory/sine.ts";

const MOST_POINTS = 20;
const SHATTERED = 7;
/** Random points whose labellings by sines of bounded frequency are counted. */
const POINTS = 12;

const curveOf = (count: (m: number) => number) =>
  Array.from({ length: MOST_POINTS }, (_, i) => [i + 1, count(i + 1)] as const);

const overPoints = (): LineChart => ({
  title: "Labellings of m points",
  description: "Those of tame families are powers of m, those of sines double with every point.",
  x: { label: "points m" },
  y: { label: "labellings", scale: "log" },
  curves: [
    { points: curveOf(m => power(2, m)), colour: colours.vermillion, label: "sines: 2^m" },
    { points: curveOf(m => growthFunctions(m, 2).halfspaces), colour: colours.purple, label: "half-planes" },
    { points: curveOf(m => growthFunctions(m, 2).intervals), colour: colours.green, label: "intervals" },
    { points: curveOf(m => growthFunctions(m, 2).thresholds), colour: colours.blue, label: "thresholds" },
  ],
  scatters: [
    {
      points: Array.from({ length: SHATTERED }, (_, i) => {
        const x = shatteredPoints(i + 1);
        const seen = labellings(i + 1).map(labels => labelsAt(shatteringFrequency(labels), x).join(""));
        return [i + 1, new Set(seen).size] as const;
      }),
      colour: colours.vermillion,
    },
  ],
  key: [{ sample: "ring", text: "realised by sines", colour: colours.vermillion }],
});

const overFrequency = (): LineChart => {
  const random = stream({ seed: 1, purpose: "figure of bounded sines" });
  const x = Array.from({ length: POINTS }, () => random.uniform());
  const frequencies = [...sweepValues(2, 1000, 24, "log")];
  const patterns = frequencies.map(omega => new Set(frequencyCells(x, omega).map(({ labels }) => labels)).size);
  return {
    title: "Labellings by sines of bounded frequency",
    description: "They follow the cap, which is linear, until nearly all labellings are there.",
    x: { label: "largest frequency Omega", scale: "log" },
    y: { label: `labellings of ${POINTS} points`, scale: "log" },
    curves: [{ points: frequencies.map(omega => [omega, cellCap(x, omega)]), colour: colours.grey, label: "cap" }],
    scatters: [{ points: frequencies.map((omega, i) => [omega, patterns[i]]), colour: colours.vermillion }],
    levels: [{ label: `all 2^${POINTS}`, value: power(2, POINTS), colour: colours.grey }],
  };
};

export const growthFigure = chartsFigure({
  name: "growth",
  title: "Tame against wild: how many labellings a family gives points",
  description: "Above over the number of points, below over the largest frequency of sines.",
  height: 760,
  caption: () =>
    `Measured: labellings of the points 0.1, 0.01, ... that sines realise, each evaluated (rings, above), and labellings of ${POINTS} random points by sines of frequency below Omega, all counted (rings, below). ` +
    "Theory: thresholds m + 1, intervals 1 + m (m + 1)/2, half-planes 2 (1 + (m - 1) + C(m - 1, 2)), all sines 2^m; at bounded frequency at most 1 + sum floor(Omega x / pi), which is linear, so that the family is tame.",
  charts: () => [overPoints(), overFrequency()],
});
