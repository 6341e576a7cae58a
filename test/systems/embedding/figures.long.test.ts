import { expect, test } from "vitest";
import type { RunView } from "../../../src/contracts/run-view.ts";
import { figures } from "../../../src/systems/embedding/figures/index.ts";
import { embedding } from "../../../src/systems/embedding/index.ts";
import { cellColours } from "../../support/drawn-cells.ts";
import { testExhibits } from "../../support/exhibits-draw.ts";
import { shortRun } from "../../support/short-run.ts";

const run = shortRun(embedding, { steps: 12, draws: 4, rowCount: 2, columnCount: 2, every: 4 });

testExhibits(figures, run);

test.each(["map-decays", "map-rates"])("%s has each cell in the phase of its record", name => {
  const figure = figures.figures.find(each => each.name === name)!;
  const cells = run.records(figure.needs[0].study, "cell");
  const labels = [
    ["comprehension", "grokking"],
    ["memorization", "comprehension"],
  ];
  const relabelled: RunView = {
    ...run,
    records: (...at) =>
      run
        .records(...at)
        .map(record =>
          record.kind === "cell" ? { ...record, label: labels[record.row as number][record.column as number] } : record,
        ),
  };
  expect(cells.length).toBe(4);
  const drawn = cellColours(figure.draw(relabelled, { width: 760, height: 760 }), 2, 2).map(({ colour }) => colour);
  expect(drawn[0]).toBe(drawn[3]);
  expect(new Set(drawn).size).toBe(3);
});
