import type { Figure } from "../charts/exhibits.ts";
import { lineChart, type Point } from "../charts/line-chart.ts";
import { series } from "../charts/theme.ts";
import type { RunRecord } from "../contracts/protocol.ts";
import { counted, figureHead, type SeenStudy } from "./seen-study.ts";

/** Dissimilarities at the splits of a control, one colour for each way in which they were estimated. */
export const scanFigure = (study: SeenStudy<"scan", RunRecord>): Figure => {
  const head = figureHead(study, "scan", { name: "scan", title: "Dissimilarity over the control", height: 420 });
  return {
    ...head,
    caption: run =>
      `Measured: dissimilarity of the outputs on both sides of each split, of ${counted(new Set(study.of(run, "scan").map(({ chain }) => chain)).size, "run")}; whiskers are 95 %.`,
    draw: (run, surface) => {
      const records = study.of(run, "scan");
      const kinds = [...new Set(records.map(({ estimator }) => String(estimator ?? "estimates")))];
      return lineChart(
        {
          title: head.title,
          description: `Estimates at ${counted(new Set(records.map(({ split }) => split)).size, "split")}.`,
          x: { label: "control" },
          y: { label: "dissimilarity" },
          curves: [],
          scatters: kinds.map((kind, i) => {
            const own = records.filter(({ estimator }) => String(estimator ?? "estimates") === kind);
            const number = (value: unknown): number => value as number;
            return {
              points: own.map(({ split, value }): Point => [number(split), number(value)]),
              ranges: own.map(
                ({ value, error }) =>
                  [number(value) - 1.96 * number(error), number(value) + 1.96 * number(error)] as const,
              ),
              colour: series[i % series.length],
            };
          }),
          key: kinds.map((kind, i) => ({ sample: "ring", text: kind, colour: series[i % series.length] }) as const),
        },
        surface,
      );
    },
  };
};
