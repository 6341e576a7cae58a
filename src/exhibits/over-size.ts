import type { Figure } from "../charts/exhibits.ts";
import { lineChart } from "../charts/line-chart.ts";
import { series } from "../charts/theme.ts";
import type { RunRecord } from "../contracts/protocol.ts";
import { type QuantileInterval, quantileInterval } from "../numerics/statistics/quantile-interval.ts";
import { byNumber } from "../protocols/records.ts";
import { counted, figureHead, type SeenStudy } from "./seen-study.ts";

/** The median of each number that records "sample" hold, over the runs that had samples of one size. */
export interface SizeMedians {
  /** Samples. */
  readonly N: number;
  readonly members: number;
  readonly medians: { readonly [field: string]: QuantileInterval };
}

/** By ascending size; none for records that say no size. */
export const mediansOfSizes = (records: readonly RunRecord[]): readonly SizeMedians[] => {
  const sized = records.filter(({ N }) => typeof N === "number");
  return byNumber(sized, ({ N }) => N as number).map(([N, own]) => {
    const fields = Object.keys(own[0]).filter(
      field => field !== "N" && field !== "chain" && own.every(record => typeof record[field] === "number"),
    );
    const median = (field: string) =>
      quantileInterval(
        own.map(record => record[field] as number),
        0.5,
      );
    return { N, members: own.length, medians: Object.fromEntries(fields.map(field => [field, median(field)])) };
  });
};

/** What samples of growing size show: the median over repetitions of each number, with its interval. */
export const sizesFigure = (study: SeenStudy<"sample", RunRecord>): Figure => {
  const head = figureHead(study, "sample", { name: "sizes", title: "Over the size of the sample", height: 420 });
  return {
    ...head,
    caption(run) {
      const sizes = mediansOfSizes(study.of(run, "sample"));
      return `Measured: the median over ${counted(sizes[0].members, "repetition")} at each of ${counted(sizes.length, "size")}, with its 95 % interval where there are enough.`;
    },
    draw(run, surface) {
      const sizes = mediansOfSizes(study.of(run, "sample"));
      const shown = Object.keys(sizes[0].medians).map((field, i) => ({ field, colour: series[i % series.length] }));
      const isLog = sizes.every(({ medians }) => Object.values(medians).every(({ estimate }) => estimate > 0));
      return lineChart(
        {
          title: head.title,
          description: `${shown.map(({ field }) => field).join(", ")} over ${counted(sizes.length, "size")}.`,
          x: { label: "samples N", scale: "log" },
          y: { label: "median", ...(isLog && { scale: "log" as const }) },
          curves: [],
          scatters: shown.map(({ field, colour }) => ({
            points: sizes.map(({ N, medians }) => [N, medians[field].estimate] as const),
            ranges: sizes.map(({ medians }) => [medians[field].low, medians[field].high] as const),
            colour,
          })),
          key: shown.map(({ field, colour }) => ({ sample: "ring", text: field, colour })),
        },
        surface,
      );
    },
  };
};
