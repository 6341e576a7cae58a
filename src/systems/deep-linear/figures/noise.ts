import type { Figure } from "../../../charts/exhibits.ts";
import { lineChart, type Point } from "../../../charts/line-chart.ts";
import { stacked } from "../../../charts/stacked.ts";
import { colours } from "../../../charts/theme.ts";
import { NOISY_WIDTHS } from "../claims/studies.ts";
import { branch } from "../claims/training.ts";
import { globalMinimum } from "../theory/global-minimum.ts";

const TONES = [colours.vermillion, colours.orange, colours.green, colours.blue];
const GAMMA = 0.3;
const MOST = 4;

/** The lowest loss at D = 1, N = E[y^2] = 1, unit inputs: noise and width enter through kappa = 1 + sigma^2/d alone. */
const lowest = (factor: number): number => globalMinimum({ D: 1, N: 1, kappa: factor }, GAMMA, 1).loss;

/** The lowest loss of noisy networks of several widths: over the noise, and over the one combination that matters. */
export const noise: Figure = {
  name: "noise-and-width",
  title: "Of noise and width only 1 + sigma^2/d matters",
  width: 820,
  height: 680,
  needs: NOISY_WIDTHS.map(width => ({ study: `noise-width-${width}`, kind: "sweep" })),
  caption: run =>
    `Measured: the loss, averaged over the noise exactly, that gradient descent reaches at gamma = ${GAMMA} with one hidden layer of width ${NOISY_WIDTHS.join(", ")} in a sweep of the ` +
    `noise upward, ${branch(run, `noise-width-${NOISY_WIDTHS[0]}`, "up").length} values each (rings). Theory: E[y^2] - (N - gamma)^2/(1 + sigma^2/d) with N = E[y^2] = 1 (lines). ` +
    "The variance that the noise gives a prediction is (sigma^2/d) |v|^2: wide networks average it away.",
  draw: (run, surface) =>
    stacked(
      { title: "Minimum against noise and width", description: "Four curves above become one below." },
      [
        {
          share: 1,
          draw: own =>
            lineChart(
              {
                title: "Over the noise",
                description: "A curve for each width.",
                x: { label: "variance sigma^2 of the noise", domain: [0, MOST * 1.02] },
                y: { label: "lowest loss" },
                curves: NOISY_WIDTHS.map((width, i) => ({
                  points: Array.from({ length: 121 }, (_, k): Point => {
                    const sigma2 = (MOST * k) / 120;
                    return [sigma2, lowest(1 + sigma2 / width)];
                  }),
                  colour: TONES[i]!,
                  label: `d = ${width}`,
                })),
                scatters: NOISY_WIDTHS.map((width, i) => ({
                  points: branch(run, `noise-width-${width}`, "up").map(
                    ({ control, loss }): Point => [control as number, loss as number],
                  ),
                  colour: TONES[i]!,
                })),
                marginRight: 76,
              },
              own,
            ),
        },
        {
          share: 1,
          draw: own =>
            lineChart(
              {
                title: "Over the factor of the noise",
                description: "All points on one curve.",
                x: { label: "1 + sigma^2/d", domain: [1, 1 + MOST * 1.02] },
                y: { label: "lowest loss" },
                curves: [
                  {
                    points: Array.from({ length: 121 }, (_, k): Point => {
                      const factor = 1 + (MOST * k) / 120;
                      return [factor, lowest(factor)];
                    }),
                    colour: colours.grey,
                    strokeWidth: 2,
                  },
                ],
                scatters: NOISY_WIDTHS.map((width, i) => ({
                  points: branch(run, `noise-width-${width}`, "up").map(
                    ({ control, loss }): Point => [1 + (control as number) / width, loss as number],
                  ),
                  colour: TONES[i]!,
                })),
                marginRight: 76,
              },
              own,
            ),
        },
      ],
      surface,
    ),
};
