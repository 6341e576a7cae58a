import type { LineChart } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { mean } from "../../../numerics/statistics.ts";
import { byNumber } from "../../../protocols/records.ts";
import { gapOf, quantilesBySize } from "../claims/by-size.ts";
import { COUPLINGS } from "../claims/learning.ts";
import { DELTA, interpolations, slowRolls } from "../claims/studies.ts";
import { bestCoupling } from "../model/interpolation.ts";
import { FLIPPED } from "../model/slow-roll.ts";
import type { ErrorRecord } from "../protocols/index.ts";
import { pseudoDimensionBound, rademacherBound } from "../theory/deviation.ts";
import { boundCurve, quantileRings, repetitions, sizeAxis, vacuous } from "./bounds.ts";

const gaps = (records: readonly ErrorRecord[]) => quantilesBySize(records, gapOf, 1 - DELTA);

const gapChart = (
  records: readonly ErrorRecord[],
  bound: (N: number) => number,
  { label, name, share }: { readonly label: string; readonly name: string; readonly share: number },
): LineChart & { readonly share: number } => ({
  title: label,
  description: "Measured gaps lie far below the bound at every size.",
  share,
  x: sizeAxis,
  y: { label, scale: "log" },
  curves: [boundCurve(gaps(records), bound, { colour: colours.vermillion, label: name })],
  scatters: [quantileRings(gaps(records), colours.blue)],
  regions: [vacuous],
  key: [{ sample: "ring", text: "measured, 95 % of repetitions", colour: colours.blue }],
});

/** Means over repetitions, with two standard errors. */
const means = (records: readonly ErrorRecord[], of: (record: ErrorRecord) => number) =>
  byNumber(records, ({ N }) => N).map(([N, own]) => {
    const values = own.map(of);
    const centre = mean(values);
    const squares = values.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
    const error = Math.sqrt(squares / Math.max(1, values.length - 1) / values.length);
    return { N, value: centre, range: [centre - 2 * error, centre + 2 * error] as const };
  });

const meanRings = (values: ReturnType<typeof means>) => ({
  points: values.map(({ N, value }) => [N, value] as const),
  ranges: values.map(({ range }) => range),
  colour: colours.green,
});

const coupling = (run: RunView) => interpolations.of(run, "sample");

export const interpolationFigure = chartsFigure({
  name: "interpolation",
  title: "Gauge couplings: errors on new moduli and on the sample",
  description: "The gap under its bound above, the error in excess of the best coupling below.",
  height: 780,
  needs: [interpolations.has("sample")],
  caption: run =>
    `Measured: the 95 % quantile of the gap between squared errors on the sample and on the whole law, with 95 % intervals (above), and the mean error above that of the best coupling, with two standard errors (below); least squares, ${repetitions(gaps(coupling(run)))}. ` +
    "Theory: the bound from pseudo-dimension 4 at delta = 0.05, vacuous where shaded, and tr(J^-1 V) / N.",
  charts(run) {
    const records = coupling(run);
    const { error, excess } = bestCoupling();
    const above = means(records, ({ test }) => test - error);
    return [
      gapChart(records, N => pseudoDimensionBound(N, COUPLINGS, DELTA), {
        ...{ label: "gap of squared errors", name: "pdim", share: 1.3 },
      }),
      {
        title: "Error above that of the best coupling",
        description: "It falls like 1/N, as predicted for many samples.",
        share: 1,
        x: sizeAxis,
        y: { label: "squared error above the least", scale: "log" },
        curves: [boundCurve(gaps(records), N => excess / N, { colour: colours.vermillion, label: "predicted" })],
        scatters: [meanRings(above)],
        key: [{ sample: "ring", text: "measured, mean", colour: colours.green }],
      },
    ];
  },
});

export const slowRollFigure = chartsFigure({
  name: "slow-roll",
  title: "Which universes inflate: errors of the best interval",
  description: "The gap under its bound above, the error over the noise of the labels below.",
  height: 780,
  needs: [slowRolls.has("sample")],
  caption: run =>
    `Measured: the 95 % quantile of the gap between error rates on the sample and on the whole law, with 95 % intervals (above), and the mean error on the whole law, with two standard errors (below); ${repetitions(gaps(slowRolls.of(run, "sample")))}. ` +
    "Theory: the bound from VC dimension 2 at delta = 0.05, and the noise of the labels, of which one in ten is wrong.",
  charts(run) {
    const records = slowRolls.of(run, "sample");
    return [
      gapChart(records, N => rademacherBound(N, 2, DELTA), {
        ...{ label: "gap of error rates", name: "rademacher", share: 1.3 },
      }),
      {
        title: "Error on new universes",
        description: "It falls to the noise of the labels.",
        share: 1,
        x: sizeAxis,
        y: { label: "share of wrong answers" },
        curves: [],
        scatters: [meanRings(means(records, ({ test }) => test))],
        levels: [{ label: "noise", value: FLIPPED, colour: colours.vermillion }],
        key: [{ sample: "ring", text: "measured, mean", colour: colours.green }],
      },
    ];
  },
});
