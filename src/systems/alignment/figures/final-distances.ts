import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartFigure } from "../../../exhibits/chart-figure.ts";
import { sweepValues } from "../../../numerics/sweep-values.ts";
import { gridPairs } from "../claims/grid.ts";
import { gainStudies, grids } from "../claims/studies.ts";
import { collapseAt } from "../theory/final-distance.ts";

const hues = { leaky: colours.blue, tanh: colours.vermillion };
const names = { leaky: "leaky ReLU", tanh: "tanh" };

export const finalDistancesFigure = chartFigure({
  name: "final-distances",
  title: "Final distances of other pairs, by rates of one pair",
  needs: grids.flatMap(({ rates, cells }) => [rates.has("fit"), cells.has("cell")]),
  caption: run =>
    `Measured: squared distance of the representations in the end, ${grids.map(grid => `${gridPairs(run, grid).length} networks of ${names[grid.activation]}`).join(" and ")}, a pair for each: five distances of inputs from 0.5 to 1.5 by five of targets from 0 to 1. ` +
    "Theory: the closed form at the network's own start, with rates averaged over networks at the reference pair and nothing fitted to these; equality is the broken line.",
  chart(run) {
    const all = grids.map(grid => ({ grid, pairs: gridPairs(run, grid) }));
    const most = Math.max(
      ...all.flatMap(({ pairs }) => pairs.flatMap(({ measured, predicted }) => [measured, predicted])),
    );
    return {
      description: "Points near the diagonal.",
      x: { label: "predicted |dh|²" },
      y: { label: "measured |dh|²" },
      curves: [
        {
          points: [
            [0, 0],
            [most, most],
          ],
          colour: colours.grey,
          dashed: true,
        },
      ],
      scatters: all.map(({ grid, pairs }) => ({
        points: pairs.map(({ predicted, measured }) => [predicted, measured] as const),
        colour: hues[grid.activation],
      })),
      key: [
        ...grids.map(({ activation }) => ({
          sample: "ring" as const,
          text: names[activation],
          colour: hues[activation],
        })),
        { sample: "dashed" as const, text: "equality", colour: colours.grey },
      ],
    };
  },
});

const needs = gainStudies.map(({ study }) => study.has("fit"));

const gainFits = (run: RunView) =>
  gainStudies.flatMap(({ gain, study }) =>
    study
      .of(run, "fit")
      .filter(({ isRead }) => isRead)
      .map(fit => ({ gain, ...fit })),
  );

/** Networks up to this gain whose trajectory tells both rates: without an interval, or far beyond lazy, rho is as good as infinite. */
const toldFits = (run: RunView) =>
  gainFits(run).filter(({ gain, rho, intervals }) => gain <= 1.2 && intervals !== null && rho > 0 && rho < 100);

export const collapseFigure = chartFigure({
  name: "collapse",
  title: "Rich to lazy on one curve",
  needs,
  caption: run =>
    `Measured: final squared distances of ${toldFits(run).length} networks with gains from 0.7 to 1.2, in units of aLow and over rho, both by the network's fitted rates. Theory: exp(asinh(rho)), line. ` +
    "Networks whose trajectory does not tell both rates, and all from gain 1.3 on, are not shown here.",
  chart: run => {
    const fits = toldFits(run);
    const rhos = [1e-2, 1, ...fits.map(({ rho }) => rho)];
    return {
      description: "Points along a curve that leaves 1 where rho does.",
      x: { label: "rho = aHigh / (2 aLow)", scale: "log" },
      y: { label: "|dh|² in the end / aLow", scale: "log" },
      curves: [
        {
          points: Array.from(
            sweepValues(Math.min(...rhos), Math.max(...rhos), 80, "log"),
            rho => [rho, collapseAt(rho)] as const,
          ),
          colour: colours.grey,
        },
      ],
      scatters: [{ points: fits.map(({ rho, hEnd, aLow }) => [rho, hEnd / aLow] as const), colour: colours.blue }],
      key: [
        { sample: "ring", text: "networks", colour: colours.blue },
        { sample: "line", text: "exp(asinh(rho))", colour: colours.grey },
      ],
    };
  },
});

export const gainsFigure = chartFigure({
  name: "gains",
  title: "How far the representation moves, by initial scale",
  needs,
  caption: run =>
    `Measured: squared distance of the representations in the end over that at the start, a ring for each of ${gainFits(run).length} networks. Theory: hFinal / h0 at the network's own start and fitted rates, grey rings beside them; from gain 1.3 on representations ` +
    "shrink, which two points without their mean cannot.",
  chart: run => ({
    description: "From hundreds at small gains to about 1.",
    x: { label: "gain of the initial weights" },
    y: { label: "|dh|² end / start", scale: "log" },
    curves: [],
    levels: [{ label: "as at the start", value: 1 }],
    scatters: [
      {
        points: gainFits(run).map(({ gain, hPredicted, h0 }) => [gain + 0.015, hPredicted / h0] as const),
        colour: colours.grey,
      },
      { points: gainFits(run).map(({ gain, hEnd, h0 }) => [gain, hEnd / h0] as const), colour: colours.blue },
    ],
    key: [
      { sample: "ring", text: "networks", colour: colours.blue },
      { sample: "ring", text: "theory, beside them", colour: colours.grey },
    ],
  }),
});
