import type { Point } from "../../../charts/line-chart.ts";
import { pointsOf } from "../../../charts/points-of.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { branchOf } from "../../../protocols/study.ts";
import { NOISY_DECAY, noisyWidths } from "../claims/studies.ts";
import { globalMinimum } from "../theory/global-minimum.ts";

const TONES = [colours.vermillion, colours.orange, colours.green, colours.blue];
const MOST = 4;

/** The lowest loss at D = 1, N = E[y^2] = 1, unit inputs: noise and width enter through kappa = 1 + sigma^2/d alone. */
const lowest = (factor: number): number => globalMinimum({ D: 1, N: 1, kappa: factor }, NOISY_DECAY, 1).loss;

/** Loss over the noise, or over what it makes of it, in each sweep up. */
const measured = (run: RunView, x: (sigma2: number, width: number) => number) =>
  noisyWidths.map(({ width, sweep }, i) => ({
    points: branchOf(run, sweep, "up").map(({ control, loss }): Point => [x(control, width), loss]),
    colour: TONES[i]!,
  }));

/** The lowest loss of noisy networks of several widths: over the noise, and over the one combination that matters. */
export const noise = chartsFigure({
  name: "noise-and-width",
  title: "Of noise and width only 1 + sigma^2/d matters",
  width: 820,
  height: 680,
  needs: noisyWidths.map(({ sweep }) => sweep.has("sweep")),
  caption: run =>
    `Measured: the loss, averaged over the noise exactly, that gradient descent reaches at gamma = ${NOISY_DECAY} with one hidden layer of width ${noisyWidths.map(({ width }) => width).join(", ")} in a sweep of the ` +
    `noise upward, ${measured(run, sigma2 => sigma2)[0]!.points.length} values each (rings). Theory: E[y^2] - (N - gamma)^2/(1 + sigma^2/d) with N = E[y^2] = 1 (lines). ` +
    "The variance that the noise gives a prediction is (sigma^2/d) |v|^2: wide networks average it away.",
  description: "Four curves above become one below.",
  charts: run => [
    {
      title: "Over the noise",
      description: "A curve for each width.",
      x: { label: "variance sigma^2 of the noise", domain: [0, MOST * 1.02] },
      y: { label: "lowest loss" },
      curves: noisyWidths.map(({ width }, i) => ({
        points: pointsOf(sigma2 => lowest(1 + sigma2 / width), 0, MOST),
        colour: TONES[i]!,
        label: `d = ${width}`,
      })),
      scatters: measured(run, sigma2 => sigma2),
    },
    {
      title: "Over the factor of the noise",
      description: "All points on one curve.",
      x: { label: "1 + sigma^2/d", domain: [1, 1 + MOST * 1.02] },
      y: { label: "lowest loss" },
      curves: [{ points: pointsOf(lowest, 1, 1 + MOST), colour: colours.grey, strokeWidth: 2 }],
      scatters: measured(run, (sigma2, width) => 1 + sigma2 / width),
    },
  ],
});
