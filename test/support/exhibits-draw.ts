import { expect, test } from "vitest";
import { type Exhibits, isAvailable } from "../../src/charts/exhibits.ts";
import type { RunView } from "../../src/contracts/run-view.ts";
import { expectReadable } from "./readable.ts";

/** Tests of every figure and table of a system on a run. */
export const testExhibits = ({ figures, tables }: Exhibits, run: RunView): void => {
  test.each(figures.map(figure => [figure.name, figure] as const))(
    "figure %s can be read at any width and says in sentences what is measured and what is theory",
    (_, figure) => {
      expect(isAvailable(figure, run)).toBe(true);
      expectReadable(figure, run);
      expect(figure.caption(run)).toMatch(/^Measured: .* Theory.*\.$/s);
      expect(figure.caption(run)).not.toMatch(/NaN|undefined/);
    },
  );

  if (tables.length > 0)
    test.each(tables.map(table => [table.name, table] as const))("table %s has a cell for each column", (_, table) => {
      const rows = table.rows(run);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        expect(row).toHaveLength(table.columns.length);
        expect(row.join(" ")).not.toMatch(/NaN|undefined/);
      }
    });
};
