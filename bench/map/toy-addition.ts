import { readFileSync } from "node:fs";
import { LEAST, mostOf } from "./toy-addition-problem.ts";
import { CELLS, followsNeighbours, readVotes, replay, share } from "./toy-addition-replay.ts";

/*
 * Adaptive sweeps of toy addition replayed on recorded runs: what the protocol plans is looked up in the table of votes. Prints JSON.
 *
 *     node toy-addition.mjs votes.csv DESIGNS
 */
const [path, designs] = process.argv.slice(2);
const { votes, truth, known } = readVotes(readFileSync(path, "utf8"));
const all = [...votes.keys()];

const numbers = Array.from({ length: Number(designs) }, (_, i) => i);
const noisy = numbers.map(design => {
  const { labels, perCell } = replay(design, { seeds: LEAST, perCell: 0.45 }, (cell, seed) => votes[cell][seed]);
  return { agreement: share(known, cell => labels[cell] === truth[cell]), perCell };
});
/** Without noise every run of a cell says the same: what most of its runs say. */
const most = votes.map(own => mostOf(own)[0]);
const clean = numbers.map(design => {
  const { labels, perCell } = replay(design, { seeds: 1, perCell: 0.25 }, cell => most[cell]);
  return {
    known: share(known, cell => labels[cell] === truth[cell]),
    all: share(all, cell => labels[cell] === most[cell]),
    perCell,
  };
});
/** Each seed by itself: its own grid beside the truth, and an adaptive map of it beside that grid. */
const single = Array.from({ length: LEAST }, (_, seed) => {
  const own = votes.map(each => each[seed]);
  const { labels, perCell } = replay(seed, { seeds: 1, perCell: 0.25 }, cell => own[cell]);
  return {
    agreement: share(known, cell => own[cell] === truth[cell]),
    known: share(known, cell => labels[cell] === own[cell]),
    all: share(all, cell => labels[cell] === own[cell]),
    neighbours: share(known, cell => followsNeighbours(own, cell)),
    allNeighbours: share(all, cell => followsNeighbours(own, cell)),
    perCell,
  };
});
const phases = [...new Set(truth)].filter(label => label !== null).sort();
const areas = Object.fromEntries(phases.map(label => [label, truth.filter(each => each === label).length]));
console.log(
  JSON.stringify({ cells: CELLS, runs: votes.flat().length, known: known.length, areas, noisy, clean, single }),
);
