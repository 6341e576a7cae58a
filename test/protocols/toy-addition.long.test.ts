import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { LEAST, mostOf } from "../../bench/map/toy-addition-problem.ts";
import { readVotes, replay, share } from "../../bench/map/toy-addition-replay.ts";

const { votes, truth, known } = readVotes(
  readFileSync(new URL("../../bench/map/toy-addition-votes.csv", import.meta.url), "utf8"),
);

/*
 * Recorded runs of toy addition on 32 x 32 cells. bench/map/results.md has more designs.
 */
test("an adaptive sweep has 98 % of the known cells right with 0.45 runs a cell, and more than a whole grid of one seed", () => {
  expect(known.length).toBeGreaterThan(500);
  const { labels, perCell } = replay(0, { seeds: LEAST, perCell: 0.45 }, (cell, seed) => votes[cell][seed]);
  expect(perCell).toBeLessThanOrEqual(0.45);
  const agreement = share(known, cell => labels[cell] === truth[cell]);
  expect(agreement).toBeGreaterThanOrEqual(0.98);
  const grids = Array.from({ length: LEAST }, (_, seed) => share(known, cell => votes[cell][seed] === truth[cell]));
  expect(agreement).toBeGreaterThan(Math.max(...grids));
});

test("without noise, with 0.25 runs a cell", () => {
  const { labels, perCell } = replay(0, { seeds: 1, perCell: 0.25 }, cell => mostOf(votes[cell])[0]);
  expect(perCell).toBeLessThanOrEqual(0.25);
  expect(share(known, cell => labels[cell] === truth[cell])).toBeGreaterThanOrEqual(0.98);
});
