import type { Curve, LineChart, Scatter } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { exp, log } from "../../../numerics/elementary.ts";
import { line } from "../../../numerics/line-fit.ts";
import { wilson } from "../../../numerics/statistics.ts";
import { exactMatch } from "../../../transitions/emergence/token-metrics.ts";
import { tableOf } from "../claims/by-seed.ts";
import { classifiers } from "../claims/studies.ts";

const SHOWN = [
  { length: 2, colour: colours.blue },
  { length: 5, colour: colours.green },
  { length: 10, colour: colours.purple },
  { length: 40, colour: colours.vermillion },
] as const;

const firstSeed = (run: RunView) => {
  const records = classifiers.of(run, "sample");
  return records.filter(({ chain }) => chain === records[0].chain);
};

const axis = { label: "training tokens N", scale: "log" } as const;

/** p^L between the models: the accuracy per token is joined by a power law of its loss. */
const predictedCurve = (run: RunView, length: number, colour: string): Curve => {
  const { scale, p } = tableOf(firstSeed(run), 2);
  return { points: scale.map((N, i) => [N, exactMatch(p[i], length)]), colour, label: `L = ${length}` };
};

const seen = (run: RunView, length: number, colour: string): Scatter => {
  const { scale, k, n } = tableOf(firstSeed(run), length);
  const intervals = k.map((hits, i) => wilson(hits, n[i]));
  return {
    points: scale.map((N, i) => [N, intervals[i].estimate]),
    ranges: intervals.map(({ low, high }) => [low, high]),
    colour,
  };
};

const exactChart = (run: RunView): LineChart => ({
  title: "Exact match",
  description: "The longer the target, the later and the more sudden its onset looks; in ln N all are as wide.",
  x: axis,
  y: { label: "exact match of L tokens", domain: [0, 1] },
  curves: SHOWN.map(({ length, colour }) => predictedCurve(run, length, colour)),
  scatters: SHOWN.map(({ length, colour }) => seen(run, length, colour)),
  key: [{ sample: "ring", text: "measured, 95 %", colour: colours.grey }],
});

const lossChart = (run: RunView): LineChart => {
  const { scale, p } = tableOf(firstSeed(run), 2);
  const { slope, intercept } = line(
    scale.map(log),
    p.map(value => log(-log(value))),
  );
  return {
    title: "The same models, loss of accuracy per token",
    description: "A power law nearly: nothing happens at any size.",
    x: axis,
    y: { label: "-ln p, nats per token", scale: "log" },
    curves: [{ points: scale.map(N => [N, exp(intercept + slope * log(N))]), colour: colours.grey, dashed: true }],
    scatters: [{ points: scale.map((N, i) => [N, -log(p[i])]), colour: colours.blue }],
    key: [
      { sample: "ring", text: "measured", colour: colours.blue },
      { sample: "dashed", text: `power law, exponent ${slope.toFixed(2)}`, colour: colours.grey },
    ],
  };
};

export const mirageFigure = chartsFigure({
  name: "mirage",
  title: "One set of classifiers: a jump in exact match, none in accuracy per token",
  description: "Exact match of several lengths above, the loss of the accuracy per token below.",
  height: 720,
  needs: [classifiers.has("sample")],
  caption: run =>
    `Measured: softmax classifiers of the first run on training sets that double, ${firstSeed(run)[0].tokens} test tokens cut into targets of L tokens (rings, with 95 % intervals). ` +
    "Theory: p^L from the accuracy per token alone (lines), and a power law fitted to its loss (broken). The same models look emergent at L = 40 and smooth per token: a longer target moves the onset and makes it no steeper in ln N.",
  charts: run => [exactChart(run), lossChart(run)],
});
