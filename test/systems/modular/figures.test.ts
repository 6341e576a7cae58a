import { describe, expect, test } from "vitest";
import { isAvailable } from "../../../src/charts/exhibits.ts";
import { systems } from "../../../src/systems/index.ts";
import { figures as modularExhibits } from "../../../src/systems/modular/figures/index.ts";
import { linesOf } from "../../charts/picture.ts";
import { expectReadable } from "../../support/readable.ts";
import { shortRun } from "./short-run.ts";

const { figures, tables } = modularExhibits;
const run = shortRun();
const empty = { seed: 0, study: () => undefined, records: () => [] };

describe.each(figures.map(figure => [figure.name, figure] as const))("%s", (name, figure) => {
  const svg = figure.draw(run, { width: figure.width, height: figure.height });

  test("looks as stored", async () => {
    await expect(linesOf(svg)).toMatchFileSnapshot(`snapshots/${name}.svg`);
  });

  test("can be read at any width", () => {
    expectReadable(figure, run);
  });

  test("its caption says what is measured, in sentences without NaN", () => {
    expect(figure.caption(run)).toMatch(/^Measured.*\.$/s);
    expect(figure.caption(run)).not.toMatch(/NaN|undefined/);
  });
});

test("a run without records is offered only the table of formulas", () => {
  expect([...figures, ...tables].filter(item => isAvailable(item, empty)).map(({ name }) => name)).toEqual([
    "published-and-corrected",
  ]);
});

test("every row of a table has a cell for each column, with and without records", () => {
  for (const table of tables)
    for (const view of [run, empty])
      for (const row of table.rows(view)) {
        expect(row).toHaveLength(table.columns.length);
        expect(row.join(" ")).not.toMatch(/NaN|undefined/);
      }
});

test("the tables list what was run", () => {
  const names = (table: string) =>
    tables
      .find(({ name }) => name === table)!
      .rows(run)
      .map(([first]) => first);
  expect(names("recipes").map(label => label.split(":")[0])).toEqual(["S0", "S1", "S6"]);
  expect(names("basins")).toHaveLength(2);
});

test("are those of the report", async () => {
  expect(await systems.modular.exhibits()).toBe(modularExhibits);
});
