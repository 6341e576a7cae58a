import type { Need } from "../src/charts/exhibits.ts";
import type { LineChart } from "../src/charts/line-chart.ts";
import type { RunView } from "../src/contracts/run-view.ts";
import type { DataTable } from "./picture.ts";

/** The numbers of a chart: points of its curves and scatters, one a row. */
export const tableOfChart = ({ x, y, curves, scatters = [] }: LineChart): DataTable => ({
  columns: [x.label || "x", "of", y.label || "y", "low", "high"],
  rows: [
    ...curves.flatMap(({ points, label }, i) => points.map(([a, b]) => [a, label || `curve ${i + 1}`, b, "", ""])),
    ...scatters.flatMap(({ points, ranges = [] }, i) =>
      points.map(([a, b], k) => [a, `points ${i + 1}`, b, ranges[k]?.[0] ?? "", ranges[k]?.[1] ?? ""]),
    ),
  ],
});

/** The records that a figure is drawn from, one a row; lists as text. */
export const tableOfRecords = (run: RunView, needs: readonly Need[]): DataTable => {
  const records = needs.flatMap(({ study, kind }) => run.records(study, kind).map(record => ({ study, ...record })));
  const columns = [...new Set(records.flatMap(record => Object.keys(record)))];
  return {
    columns,
    rows: records.map(record => columns.map(column => cellOf((record as { [name: string]: unknown })[column]))),
  };
};

const cellOf = (value: unknown): number | string => {
  if (typeof value === "number" || typeof value === "string") return value;
  return value === null || value === undefined ? "" : JSON.stringify(value);
};
