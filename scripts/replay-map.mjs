#!/usr/bin/env node
/**
 * How well an adaptive phase map would have read a map of which every run is known. The table is a CSV file with the columns column, row, seed, label and a line for each run; the truth
 * of a cell is the phase of most of its runs. Designs from several seeds are replayed: each has its runs from the table, and its reading is compared with the truth. Needs a build.
 *
 *     node scripts/replay-map.mjs VOTES.csv [--seeds 3] [--share 0.45] [--designs 10] [--clear 0.8] [--json]
 *
 * --seeds: most runs at one cell; 1 also takes the truth for the only run of each cell (a map without seed noise). --share: budget in runs per cell.
 * --clear: cells count whose most common phase has at least this share of the runs.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { nextRuns, readMap } from "landau";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: "string", default: "3" },
    share: { type: "string", default: "0.45" },
    designs: { type: "string", default: "10" },
    clear: { type: "string", default: "0.8" },
    json: { type: "boolean", default: false },
  },
});
const refuse = message => {
  console.error(message);
  process.exit(2);
};
if (positionals.length !== 1) refuse("needs one table of votes: node scripts/replay-map.mjs VOTES.csv");
const [seeds, share, designs, clear] = ["seeds", "share", "designs", "clear"].map(name => {
  const value = Number(values[name]);
  if (!(value > 0)) refuse(`--${name} is ${values[name]}: needs a positive number`);
  return value;
});

const textOf = file => {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    return refuse(`${file} can't be read: ${error.code}`);
  }
};
const [header, ...lines] = textOf(positionals[0]).trim().split(/\r?\n/);
const names = header.split(",").map(name => name.trim());
const places = ["column", "row", "seed", "label"].map(name => {
  if (!names.includes(name)) refuse(`${positionals[0]} has no column ${name}: it has ${names.join(", ")}`);
  return names.indexOf(name);
});
const runs = lines.map(line => {
  const words = line.split(",").map(word => word.trim());
  const [column, row, seed] = places.slice(0, 3).map(place => Number(words[place]));
  return { column, row, seed, label: words[places[3]] };
});
const grid = { columns: 1 + Math.max(...runs.map(run => run.column)), rows: 1 + Math.max(...runs.map(run => run.row)) };
const cells = Array.from({ length: grid.columns * grid.rows }, () => []);
for (const run of runs) cells[run.row * grid.columns + run.column].push(run);

/** Runs of a cell in the order of their seeds, its most common phase and whether that is clear. */
const known = cells.map((own, cell) => {
  if (own.length === 0)
    refuse(`column ${cell % grid.columns}, row ${Math.floor(cell / grid.columns)} has no run: needs all cells`);
  own.sort((a, b) => a.seed - b.seed);
  const counts = new Map();
  for (const { label } of own) counts.set(label, (counts.get(label) ?? 0) + 1);
  const [label, most] = [...counts].sort((a, b) => b[1] - a[1])[0];
  return { own, label, clear: most >= clear * own.length };
});
const judged = known.filter(cell => cell.clear).length;
const voteOf = run => {
  const { own, label } = known[run.row * grid.columns + run.column];
  return { ...run, label: seeds === 1 ? label : own[run.seed % own.length].label };
};
const mean = numbers => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

const results = Array.from({ length: designs }, (_, seed) => {
  const votes = [];
  const options = { seeds, seed, budget: Math.floor(share * cells.length) };
  for (let round = nextRuns(grid, votes, options); round.length > 0; round = nextRuns(grid, votes, options))
    votes.push(...round.map(voteOf));
  const map = readMap(grid, votes);
  const right = map.cells.map((cell, i) => cell.label === known[i].label);
  const called = map.cells.map((_, i) => i).filter(i => map.cells[i].sure >= 0.85 && map.cells[i].sure < 0.95);
  return {
    agreement: right.filter((each, i) => each && known[i].clear).length / judged,
    agreementOfAll: mean(right.map(Number)),
    runsPerCell: votes.length / cells.length,
    called: called.length,
    calledRight: called.filter(i => right[i]).length,
    largestMissed: map.largestMissed,
  };
});
const called = results.reduce((sum, each) => sum + each.called, 0);
const seedsKnown = Math.min(...known.map(({ own }) => own.length));
const summary = {
  grid,
  judgedCells: judged,
  designs: results.length,
  agreement: mean(results.map(each => each.agreement)),
  worstAgreement: Math.min(...results.map(each => each.agreement)),
  agreementOfAllCells: mean(results.map(each => each.agreementOfAll)),
  runsPerCell: mean(results.map(each => each.runsPerCell)),
  agreementOfOneSeedInEveryCell: mean(
    Array.from({ length: seedsKnown }, (_, s) =>
      mean(known.filter(cell => cell.clear).map(({ own, label }) => Number(own[s].label === label))),
    ),
  ),
  cellsCalled85To95: called,
  ofTheseRight: called > 0 ? results.reduce((sum, each) => sum + each.calledRight, 0) / called : null,
};
if (values.json) console.log(JSON.stringify(summary));
else for (const [name, value] of Object.entries(summary)) console.log(`${name}: ${JSON.stringify(value)}`);
