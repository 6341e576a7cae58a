import type { LineChart } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartFigure, chartsFigure } from "../../../exhibits/chart-figure.ts";
import { log } from "../../../numerics/elementary.ts";
import { variancesOf } from "../claims/criticality.ts";
import { growth, slowingDown } from "../claims/studies.ts";
import { GROWTH, growthTimes, momentsAt } from "../model/growth.ts";
import { RATES } from "../protocols/slowing-down.ts";

export const varianceFigure = chartFigure({
  name: "variance-peak",
  title: "The variance over seeds peaks where they cross over",
  needs: [growth.has("sample")],
  caption: run =>
    `Measured: variance of an order parameter over ${growth.of(run, "sample").length} seeds whose growth was integrated (rings). ` +
    "Theory: the closed form of logistic growth over the law of its starts, by quadrature (line); the mean seed crosses over at ln 1000.",
  chart: run => ({
    description: "A single peak, near T = 7.",
    x: { label: "time T" },
    y: { label: "variance over seeds" },
    curves: [{ points: growthTimes.map(T => [T, Math.max(0, momentsAt(T).variance)]), colour: colours.vermillion }],
    scatters: [{ points: variancesOf(run).map((value, i) => [growthTimes[i], value]), colour: colours.blue }],
    places: [{ label: "ln 1000", value: -log(GROWTH.mean) }],
    key: [
      { sample: "ring", text: "measured", colour: colours.blue },
      { sample: "line", text: "quadrature", colour: colours.vermillion },
    ],
  }),
});

const SHOWN = [
  { of: "pVariance", text: "variance" },
  { of: "pAr1", text: "autocorrelation" },
] as const;
const HUES = { stationary: colours.blue, slowing: colours.vermillion } as const;

const pChart = (run: RunView, { of, text }: (typeof SHOWN)[number]): LineChart => ({
  title: `Surrogate p-values of rising ${text}`,
  description: "Uniform where nothing happens, near nought where returns slow down.",
  x: { label: `surrogate p-value, ${text}`, domain: [0, 1] },
  y: { label: "share of series below", domain: [0, 1] },
  curves: [
    {
      points: [
        [0, 0],
        [1, 1],
      ],
      colour: colours.grey,
      dashed: true,
    },
    ...(["stationary", "slowing"] as const).map(name => {
      const values = slowingDown
        .of(run, "sample")
        .filter(({ series }) => series === name)
        .map(record => record[of])
        .sort((a, b) => a - b);
      return {
        points: [
          [0, 0] as const,
          ...values.flatMap((p, i) => [[p, i / values.length] as const, [p, (i + 1) / values.length] as const]),
          [1, 1] as const,
        ],
        colour: HUES[name],
      };
    }),
  ],
  key: [
    { sample: "line", text: "stationary", colour: HUES.stationary },
    { sample: "line", text: "slowing down", colour: HUES.slowing },
    { sample: "dashed", text: "uniform", colour: colours.grey },
  ],
});

export const warningsFigure = chartsFigure({
  name: "early-warnings",
  title: "Early warnings, judged by surrogates",
  description: "Shares of series below a p-value, of variance above and of autocorrelation below.",
  height: 720,
  needs: [slowingDown.has("sample")],
  caption(run) {
    const { points, window, surrogates } = slowingDown.settings(run);
    const series = slowingDown.of(run, "sample").length / 2;
    return (
      `Measured: p-values of rank correlations with time (Kendall) in windows of ${window} of ${points} points against ${surrogates} surrogates, of ${series} series that stay (rate ${RATES.stationary[0]}) and ${series} that slow down (rate ${RATES.slowing.join(" to ")}) (steps). ` +
      "Theory: uniform p-values where nothing happens (broken line). Textbook p-values of Kendall are wrong here, as windows overlap."
    );
  },
  charts: run => SHOWN.map(each => pChart(run, each)),
});
