import type { LineChart } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { segmentScan } from "../../../transitions/dissimilarity/index.ts";
import { magnetFisherPeak, magnetLaws } from "../theory/curie-weiss.ts";
import { gridOf } from "../theory/index.ts";
import { CRITICAL_TEMPERATURE, energyLaws } from "../theory/ising.ts";
import { kaufman, kaufmanPeaks } from "../theory/kaufman.ts";

const SIZES = [
  { N: 64, colour: colours.green },
  { N: 256, colour: colours.blue },
  { N: 1024, colour: colours.purple },
  { N: 4096, colour: colours.vermillion },
] as const;

const magnetChart = (): LineChart => {
  const T = gridOf({ lo: 0.4, hi: 1.6, step: 0.02 });
  return {
    title: "Curie-Weiss magnets",
    description: "The scan of each size peaks below T = 1, nearer to it the larger the magnet.",
    x: { label: "temperature" },
    y: { label: "lin over its largest value, L = 1" },
    curves: SIZES.map(({ N, colour }) => {
      const { splits, lin } = segmentScan(T.map(magnetLaws(N)), T, 1);
      const most = Math.max(...lin);
      return { points: splits.map((split, i) => [split, lin[i] / most] as const), colour, label: `${N} spins` };
    }),
    places: [{ label: "T_c = 1", value: 1 }],
  };
};

const limitChart = (): LineChart => ({
  title: "Where it peaks",
  description: "Places of the largest Fisher information against the root of the size; they end at T_c.",
  x: { label: "1 / root of the number of spins", domain: [0, 0.13] },
  y: { label: "temperature of the largest F", domain: [0.7, 1.02] },
  curves: [],
  scatters: [
    {
      points: SIZES.map(({ N }) => [1 / Math.sqrt(N), magnetFisherPeak(N).T]),
      colour: colours.blue,
    },
  ],
  levels: [{ label: "T_c", value: 1 }],
});

export const magnetFigure = chartsFigure({
  name: "curie-weiss",
  title: "A magnet whose critical temperature is known: the peak comes to it with size",
  description: "Exact scans of four sizes above, the place of the largest Fisher information below.",
  height: 700,
  needs: [],
  caption: () =>
    "Measured: dissimilarity lin of neighbouring temperatures 0.02 apart, from the exact law of |M| (curves), and below the maximum of the Fisher information (points). Theory: the critical temperature of the infinite magnet, 1. A straight line through the four points ends at 0.993, a parabola at 1.0007.",
  charts: () => [magnetChart(), limitChart()],
});

const LENGTHS = [
  { L: 1, colour: colours.blue },
  { L: 4, colour: colours.green },
  { L: 8, colour: colours.vermillion },
] as const;

const lengthsChart = (): LineChart => {
  const T = gridOf({ lo: 1, hi: 4, step: 0.05 });
  const P = T.map(energyLaws(4));
  return {
    title: "4 x 4 Ising spins, three lengths of segments",
    description: "Longer segments give higher and broader peaks, whose place moves little.",
    x: { label: "temperature" },
    y: { label: "lin", scale: "log", domain: [1e-5, 0.2] },
    curves: LENGTHS.map(({ L, colour }) => {
      const { splits, lin } = segmentScan(P, T, L);
      return {
        points: splits.map((split, i) => [split, lin[i]] as const).filter(([, value]) => value > 1e-5),
        colour,
        label: `L = ${L}`,
      };
    }),
    places: [{ label: "T_c", value: CRITICAL_TEMPERATURE }],
  };
};

const SIDES = [
  { n: 4, colour: colours.green },
  { n: 8, colour: colours.blue },
  { n: 16, colour: colours.purple },
  { n: 32, colour: colours.vermillion },
] as const;

const fisherChart = (): LineChart => {
  const T = gridOf({ lo: 1.6, hi: 3, step: 0.02 });
  return {
    title: "Fisher information per spin, n x n spins",
    description: "It peaks near the critical temperature, by the logarithm of the size.",
    x: { label: "temperature" },
    y: { label: "F per spin" },
    curves: SIDES.map(({ n, colour }) => ({
      points: T.map(each => [each, kaufman(n, each).FperSpin] as const),
      colour,
      label: `n = ${n}`,
    })),
    scatters: [
      {
        points: SIDES.map(({ n }) => {
          const place = kaufmanPeaks(n).F;
          return [place, kaufman(n, place).FperSpin];
        }),
        colour: colours.grey,
      },
    ],
    places: [{ label: "T_c", value: CRITICAL_TEMPERATURE }],
  };
};

export const isingFigure = chartsFigure({
  name: "ising",
  title: "Ising spins: what a scan sees is the Fisher information",
  description:
    "Scans of 4 x 4 spins with three lengths of segments above, Kaufman's formula for larger lattices below.",
  height: 700,
  needs: [],
  caption: () =>
    "Measured: scans of the exact law of the energy, every state counted, at temperatures 0.05 apart (above). Theory: Fisher information from Kaufman's partition function, with its maxima (below). Dotted: Onsager's critical temperature 2.2692.",
  charts: () => [lengthsChart(), fisherChart()],
});
