import { describe, expect, test } from "vitest";
import { isAvailable } from "../../../src/charts/exhibits.ts";
import { systems } from "../../../src/systems/index.ts";
import { figures as exhibits } from "../../../src/systems/superposition/figures/index.ts";
import { phaseColour } from "../../../src/systems/superposition/figures/phases.ts";
import { linesOf } from "../../charts/picture.ts";
import { expectReadable } from "../../support/readable.ts";
import { syntheticRun } from "./synthetic-run.ts";

const { figures, tables } = exhibits;
const run = syntheticRun(20);
const empty = { seed: 0, study: () => undefined, records: () => [] };

describe.each(figures.map(figure => [figure.name, figure] as const))("%s", (name, figure) => {
  const svg = figure.draw(run, { width: figure.width, height: figure.height });

  test("looks as stored", async () => {
    await expect(linesOf(svg)).toMatchFileSnapshot(`snapshots/${name}.svg`);
  });

  test("can be read at any width", () => {
    expectReadable(figure, run);
  });

  test("its caption says what is measured or that it is theory, in sentences without NaN", () => {
    expect(figure.caption(run)).toMatch(/^(Measured|Theory): .*\.$/s);
    expect(figure.caption(run)).not.toMatch(/NaN|undefined/);
  });
});

test("a run without records is offered only the figures of pure theory", () => {
  const available = figures.filter(figure => isAvailable(figure, empty));
  expect(available.map(({ name }) => name)).toEqual(["energy-levels-c6", "kgons"]);
});

test("every row of a table has a cell for each column, with and without records", () => {
  for (const table of tables)
    for (const view of [run, empty])
      for (const row of table.rows(view)) {
        expect(row).toHaveLength(table.columns.length);
        expect(row.join(" ")).not.toMatch(/NaN|undefined/);
      }
});

test("the level table lists the 18 families of c = 6 and counts the plateaus on each", () => {
  const rows = tables.find(({ name }) => name === "energy-levels")!.rows(run);
  expect(rows).toHaveLength(18);
  const plateaus = ["scheme-A", "scheme-B"].flatMap(study => run.records(study, "plateau"));
  for (const [family, label, , loss, count, mean] of rows) {
    const here = plateaus.filter(plateau => plateau.label === label);
    expect(count, family).toBe(String(here.length));
    if (here.length > 0) expect(Math.abs(Number(mean) - Number(loss)), family).toBeLessThan(2e-5);
  }
});

test("transitions are drawn with their counts", () => {
  const figure = figures.find(({ name }) => name === "transitions-scheme-B")!;
  const svg = figure.draw(run, { width: figure.width, height: figure.height });
  expect(svg.attributes["aria-description"]).toContain("3+ to 4: 6");
});

test("the phases of c = 6 that training ends in have colours of their own", () => {
  const phases = ["3", "4", "4+", "4++", "5", "5+", "6", "in transit"];
  expect(new Set(phases.map(phaseColour)).size).toBe(phases.length);
});

test("figures and tables have names of their own that can be file names", async () => {
  const names = [...figures, ...tables].map(({ name }) => name);
  for (const name of names) expect(name).toMatch(/^[\w-]+$/);
  for (const list of [figures, tables]) expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
  expect(await systems.superposition.exhibits()).toBe(exhibits);
});
