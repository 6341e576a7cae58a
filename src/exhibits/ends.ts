import { categoryHistogram } from "../charts/category-histogram.ts";
import type { Figure, Table } from "../charts/exhibits.ts";
import { series } from "../charts/theme.ts";
import type { RunRecord } from "../contracts/protocol.ts";
import type { RunView } from "../contracts/run-view.ts";
import { quantile, wilson } from "../numerics/statistics.ts";
import { countLabels } from "../protocols/records.ts";
import { counted, figureHead, type SeenStudy } from "./seen-study.ts";

/** The phases in which the runs of a study end, as fractions with 95 % Wilson intervals. */
export const endsFigure = (study: SeenStudy<"final", RunRecord>): Figure => {
  const head = figureHead(study, "final", { name: "ends", title: "Where runs end", height: 380 });
  const labels = (run: RunView) =>
    countLabels(
      study.of(run, "final").map(({ label }) => ({ label: typeof label === "string" ? label : null })),
      "no phase",
    );
  return {
    ...head,
    caption: run =>
      `Measured: the phase at the end of ${counted(study.of(run, "final").length, "run")}, as fractions with 95 % Wilson intervals; the number above each is its count.`,
    draw(run, surface) {
      const total = study.of(run, "final").length;
      const counts = [...labels(run)].sort(([a], [b]) => (a < b ? -1 : 1));
      return categoryHistogram(
        {
          title: head.title,
          description: counts.map(([label, count]) => `${label}: ${count} of ${total}`).join(", "),
          xLabel: "phase at the end",
          yLabel: "fraction of runs",
          total,
          measured: "measured, 95 %",
          categories: counts.map(([label, count], i) => {
            const { low, high } = wilson(count, total);
            return { label, count, interval: [low, high] as const, colour: series[i % series.length] };
          }),
        },
        surface,
      );
    },
  };
};

/** The numbers with which the runs of a study end: one column when there is a single run. */
export const endsTable = (
  study: SeenStudy<"final", RunRecord>,
  { fields, runs }: { readonly fields: readonly string[]; readonly runs: number },
): Table => ({
  name: `ends-${study.name}`,
  title: `Where runs end: ${study.name}`,
  needs: [{ study: study.name, kind: "final" }],
  columns: [
    { label: "quantity" },
    ...(runs === 1 ? ["value"] : ["least", "median", "largest"]).map(label => ({ label, numeric: true })),
  ],
  caption(run) {
    const finals = study.of(run, "final");
    const { step } = finals[0];
    return `Measured ${typeof step === "number" ? `after ${step} steps` : "at the end"}, over ${counted(finals.length, "run")}.`;
  },
  rows: run =>
    fields.map(field => {
      const values = study.of(run, "final").flatMap(record => {
        const value = record[field];
        return typeof value === "number" ? [value] : [];
      });
      const cells = values.length > 0 ? spreadText(values) : ["–", "–", "–"];
      return [field, ...(runs === 1 ? cells.slice(0, 1) : cells)];
    }),
});

/** Of numbers this much smaller than the largest, its decimals would leave two digits. */
const FAR_BELOW = 0.01;

/** Least, median and largest with as many decimals, so that the largest in size has four digits; each its own when they are far apart. */
const spreadText = (values: readonly number[]): string[] => {
  const spread = [0, 0.5, 1].map(share => quantile(values, share));
  const size = Math.max(...spread.map(Math.abs));
  if (spread.every(Number.isInteger) || size === 0) return spread.map(String);
  if (spread.some(value => Math.abs(value) < FAR_BELOW * size)) return spread.map(value => value.toPrecision(4));
  const decimals = 3 - Math.floor(Math.log10(size));
  return spread.map(value =>
    decimals > 12 || decimals < -2 ? value.toExponential(3) : value.toFixed(Math.max(0, decimals)),
  );
};
