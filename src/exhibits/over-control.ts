import type { Figure } from "../charts/exhibits.ts";
import { lineChart, type Point } from "../charts/line-chart.ts";
import { colours } from "../charts/theme.ts";
import type { RunRecord } from "../contracts/protocol.ts";
import { mean, quantile } from "../numerics/statistics.ts";
import { counted, figureHead, type SeenStudy } from "./seen-study.ts";

/** Samples of an order parameter at values of a control: their mean, and the range of nine tenths of them. */
export const samplesFigure = (study: SeenStudy<"samples", RunRecord>, y = "order parameter"): Figure => {
  const head = figureHead(study, "samples", { name: "samples", title: "Samples over the control", height: 420 });
  return {
    ...head,
    caption: run =>
      `Measured: the mean of ${y} over the samples of ${counted(study.of(run, "samples").length, "run")}; whiskers hold nine tenths of the samples of each.`,
    draw: (run, surface) => {
      const seen = study.of(run, "samples").map(({ control, samples }) => ({
        control: control as number,
        samples: samples as readonly number[],
      }));
      return lineChart(
        {
          title: head.title,
          description: `${y} at ${counted(seen.length, "value")} of the control.`,
          x: { label: "control" },
          y: { label: y },
          curves: [],
          scatters: [
            {
              points: seen.map(({ control, samples }): Point => [control, mean(samples)]),
              ranges: seen.map(({ samples }) => [quantile(samples, 0.05), quantile(samples, 0.95)] as const),
              colour: colours.blue,
            },
          ],
        },
        surface,
      );
    },
  };
};
