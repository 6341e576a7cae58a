import type { Table } from "../charts/exhibits.ts";
import type { RunView } from "../contracts/run-view.ts";
import { mean, standardDeviation } from "../numerics/statistics.ts";

/** A column of names, and columns of numbers behind it. */
export const columns = (first: string, ...numbers: readonly string[]): Table["columns"] => [
  { label: first },
  ...numbers.map(label => ({ label, numeric: true })),
];

interface Point {
  readonly label: string;
  /** The coefficient in closed form, or what is known of it. */
  readonly exact: string;
  /** What independent chains measure; a point without any has no row. */
  measured(run: RunView): readonly number[];
}

/** Learning coefficients of several points: exact, and the mean over chains with its standard error. */
export const coefficientTable = ({
  points,
  ...heading
}: Omit<Table, "columns" | "rows"> & { readonly points: readonly Point[] }): Table => ({
  ...heading,
  columns: columns("point", "exact", "measured", "standard error", "chains"),
  rows: run =>
    points.flatMap(({ label, exact, measured }) => {
      const values = measured(run);
      if (values.length === 0) return [];
      const error = values.length > 1 ? (standardDeviation(values) / Math.sqrt(values.length)).toFixed(2) : "–";
      return [[label, exact, mean(values).toFixed(2), error, String(values.length)]];
    }),
});
