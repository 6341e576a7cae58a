#!/usr/bin/env node
/**
 * Replays adaptive sweeps on the recorded runs of toy addition, and rewrites results.md.
 *
 *     node bench/map/toy-addition.mjs [DESIGNS]
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../shared/bundle.mjs";
import { markdownTable, median } from "../shared/table.mjs";

const here = import.meta.dirname;
const designs = process.argv[2] ?? "20";
const script = await bundle("map-toy-addition", join(here, "toy-addition.ts"));
const output = execFileSync(process.execPath, [script, join(here, "toy-addition-votes.csv"), designs]);
const { cells, runs, known, areas, noisy, clean, single } = JSON.parse(output.toString());

const percent = value => `${(100 * value).toFixed(1)} %`;
const perCell = results => Math.max(...results.map(each => each.perCell)).toFixed(2);
const rowOf = (name, results, field, places) => {
  const values = results.map(each => each[field]);
  return [name, perCell(results), places, percent(median(values)), percent(Math.min(...values)), `${results.length}`];
};
const grids = single.map(each => ({ ...each, perCell: 1 }));
/** A quarter of the cells, wherever they lie, and the others from neighbours that are all known: more than a sweep of a quarter can see. */
const ceilings = single.map(({ neighbours, allNeighbours }) => ({
  known: 0.25 + 0.75 * neighbours,
  all: 0.25 + 0.75 * allNeighbours,
  perCell: 1,
}));
const names = { C: "comprehension", G: "grokking", M: "memorization", X: "confusion", D: "diverged" };
const list = Object.entries(areas).map(([letter, count]) => `${names[letter]} ${count}`);

writeFileSync(
  join(here, "results.md"),
  `# Adaptive sweeps of toy addition

Made by \`node bench/map/toy-addition.mjs\`. The map: ${Math.sqrt(cells)} x ${Math.sqrt(cells)} cells over the rates of the decoder (1e-3 to 0.1) and of the
embeddings (1e-3 to 1), both by equal factors; addition of 10 symbols, the published 45 training pairs, width 50, 300 steps. \`toy-addition-votes.csv\` has the
phase of each run, a letter for the phase; ${runs} runs in all, made by \`toy-addition-votes.ts\`.

A cell's phase is known when at least 12 of 15 seeds end in it: ${known} of ${cells} cells (${list.join(", ")}). Recording ended at a cell as soon as 12
agreed, or as soon as they no longer could. What an adaptive sweep plans is looked up there, design after design; its map is compared on the cells
whose phase is known.

${markdownTable(
  ["runs", "runs a cell", "compared on", "agreement, median", "least", "designs or seeds"],
  [
    rowOf("all cells, one seed each, beside the truth", grids, "agreement", "known cells"),
    rowOf("adaptive, at most 6 seeds, beside the truth", noisy, "agreement", "known cells"),
    rowOf("adaptive without noise, each run says what most say", clean, "known", "known cells"),
    rowOf("the same", clean, "all", "all cells"),
    rowOf("adaptive from one seed, beside the whole grid of that seed", single, "known", "known cells"),
    rowOf("the same", single, "all", "all cells"),
    rowOf("a quarter of that grid, the others as most of all eight neighbours", ceilings, "known", "known cells"),
    rowOf("the same", ceilings, "all", "all cells"),
  ],
)}

Whole grids of one seed each: ${grids.map(({ agreement }) => percent(agreement)).join(", ")}. One of the six generalises hardly anywhere. The first three rows
are what a sweep is for. Below, the map of a single seed is itself the truth: where phases meet it is speckled from cell to cell, and no map that
leaves out cells can know that. Whoever knows all eight neighbours of a cell names its phase in ${percent(median(single.map(each => each.neighbours)))} of the known cells, no more: the last two rows take a quarter
of the cells as they are and the others so, which is about what the adaptive maps of one seed reach from a quarter of the cells alone.
`,
);
console.log(JSON.stringify({ cells, runs, known, areas, noisy, clean, single }));
