import { expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { type MapOptions, type MapRun, nextRuns, readMap, type Vote } from "../../../src/transitions/map/index.ts";
import { messageOf } from "../../support/message-of.ts";
import { agreement, explore, type KnownMap, noisyRuns, runAlone } from "./support.ts";

const grid = { columns: 17, rows: 12 };
const island: KnownMap = {
  grid,
  phaseAt: (x, y) => ((x - 6) * (x - 6) + (y - 5) * (y - 5) < 12 ? "in" : x + y > 20 ? "far" : "out"),
};
const noisy = noisyRuns(island, 4);
const options: MapOptions = { seed: 3, seeds: 3 };
/** What is asked of the island until nothing is left to ask: once for all tests. */
const explored = explore(grid, noisy, options);

const shuffled = (votes: readonly Vote[]): Vote[] => {
  const order = Int32Array.from(votes, (_, i) => i);
  stream({ seed: 8, purpose: "shuffle" }).shuffle(order);
  return Array.from(order, i => votes[i]);
};

test("the order of votes does not matter, to the last bit", () => {
  expect(readMap(grid, shuffled(explored))).toEqual(readMap(grid, explored));
  const half = explored.slice(0, 40);
  expect(nextRuns(grid, shuffled(half), options)).toEqual(nextRuns(grid, half, options));
});

test("one call or many, one worker or several, growing budgets: the same runs", () => {
  const votes: Vote[] = [];
  for (const budget of [10, 37, Infinity])
    for (;;) {
      const runs = nextRuns(grid, votes, { ...options, budget });
      if (runs.length === 0) break;
      // A worker that takes the last run first, and is stopped.
      const run = runs[runs.length - 1];
      votes.push({ ...run, label: noisy(run) });
    }
  const key = ({ column, row, seed, label }: Vote): string => `${row} ${column} ${seed} ${label}`;
  expect(votes.map(key).sort()).toEqual(explored.map(key).sort());
});

test("designs that are followed in turn, or from changed votes, are those that are followed alone", () => {
  const small = { columns: 9, rows: 9 };
  const follow = (votes: Vote[], seed: number): void => {
    for (const run of nextRuns(small, votes, { seed, budget: 40 })) votes.push({ ...run, label: noisy(run) });
  };
  const [one, two]: [Vote[], Vote[]] = [[], []];
  for (let turn = 0; turn < 8; turn++) {
    follow(one, 3);
    follow(two, 5);
  }
  expect(one).toEqual(explore(small, noisy, { seed: 3, budget: 40 }));
  expect(two).not.toEqual(one);
  const changed = one.slice(0, 20).map((vote, i) => (i === 0 ? { ...vote, label: "other" } : vote));
  const next = nextRuns(small, changed, { seed: 3 });
  nextRuns(small, [], { seed: 5 });
  expect(nextRuns(small, changed, { seed: 3 })).toEqual(next);
});

test("a budget is kept, and is a beginning of the same design", () => {
  for (const budget of [0, 1, 25, 60]) {
    const part = explore(grid, noisy, { ...options, budget });
    expect(part).toHaveLength(Math.min(budget, explored.length));
    const known = new Set(explored.map(({ column, row, seed }) => `${column} ${row} ${seed}`));
    expect(part.every(({ column, row, seed }) => known.has(`${column} ${row} ${seed}`))).toBe(true);
  }
});

test("no run is asked for twice, none outside of the map, none beyond the seeds of a cell", () => {
  const asked: readonly MapRun[] = explored;
  expect(new Set(asked.map(({ column, row, seed }) => `${column} ${row} ${seed}`)).size).toBe(asked.length);
  for (const { column, row, seed } of asked) {
    expect(column >= 0 && column < grid.columns && row >= 0 && row < grid.rows).toBe(true);
    expect(seed >= 0 && seed < 3).toBe(true);
  }
});

test("other names of the phases change names alone", () => {
  const renamed = new Map([
    ["in", "zeta"],
    ["out", "alpha"],
    ["far", "in"],
  ]);
  const other = explore(grid, run => renamed.get(noisy(run))!, options);
  expect(other.map(({ column, row, seed }) => [column, row, seed])).toEqual(
    explored.map(({ column, row, seed }) => [column, row, seed]),
  );
  const [a, b] = [readMap(grid, explored), readMap(grid, other)];
  expect(b.labels).toEqual(a.labels.map(label => renamed.get(label)));
  b.cells.forEach((cell, i) => {
    expect(cell.label).toBe(renamed.get(a.cells[i].label));
    expect(Object.values(cell.probabilities)).toEqual(Object.values(a.cells[i].probabilities));
  });
});

test("a mirrored map reads mirrored", () => {
  const mirrored = explored.map(vote => ({ ...vote, column: grid.columns - 1 - vote.column }));
  const [a, b] = [readMap(grid, explored), readMap(grid, mirrored)];
  for (const cell of a.cells) {
    const other = b.cells[cell.row * grid.columns + grid.columns - 1 - cell.column];
    for (const label of a.labels) expect(other.probabilities[label]).toBeCloseTo(cell.probabilities[label], 8);
  }
  expect(b.largestMissed).toBe(a.largestMissed);
});

test("every cell has probabilities that sum to 1, and no number is missing", () => {
  for (const count of [1, 2, 9, 40, 1000]) {
    const { cells, largestMissed, runs } = readMap(grid, explored.slice(0, count));
    expect(cells).toHaveLength(grid.columns * grid.rows);
    expect(largestMissed >= 0 && largestMissed <= 1).toBe(true);
    expect(cells.reduce((sum, { votes }) => sum + Object.values(votes).reduce((a, b) => a + b, 0), 0)).toBe(runs);
    for (const { probabilities, label, sure } of cells) {
      const values = Object.values(probabilities);
      expect(values.every(value => value >= 0 && value <= 1)).toBe(true);
      expect(values.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      expect(sure).toBe(Math.max(...values));
      expect(probabilities[label]).toBe(sure);
    }
  }
});

test("maps of one phase, of one row and of one cell come to an end", () => {
  const one = explore(grid, () => "only", options);
  expect(readMap(grid, one).cells.every(({ label, sure }) => label === "only" && sure === 1)).toBe(true);
  expect(one.length).toBeLessThanOrEqual(0.25 * grid.columns * grid.rows);
  const line = { grid: { columns: 1, rows: 40 }, phaseAt: (_: number, y: number) => (y < 13.5 ? "a" : "b") };
  const votes = explore(line.grid, runAlone(line), { seed: 0 });
  expect(agreement(line, readMap(line.grid, votes).cells)).toBe(1);
  expect(votes.length).toBeLessThan(20);
  expect(explore({ columns: 1, rows: 1 }, () => "a", { seed: 0 })).toHaveLength(1);
});

test("without noise every cell of a simple map is right", () => {
  const votes = explore(grid, runAlone(island), { seed: 3 });
  expect(agreement(island, readMap(grid, votes).cells)).toBe(1);
  expect(votes.length).toBeLessThan(0.7 * grid.columns * grid.rows);
});

test("where runs are exact, a cell with a run is what the run says", () => {
  const small = { columns: 8, rows: 8 };
  const labels = Array.from(
    { length: 64 },
    (_, cell) => ["a", "b"][stream({ seed: 5, chain: cell, purpose: "labels" }).below(2)],
  );
  const labelOf = ({ column, row }: { column: number; row: number }): string => labels[8 * row + column];
  const votes = explore(small, labelOf, { seed: 0, seeds: 4, exact: true });
  // Nothing can be foretold, and nothing is asked twice.
  expect(votes.length).toBeGreaterThan(50);
  expect(votes.every(({ seed }) => seed === 0)).toBe(true);
  const { cells } = readMap(small, votes, { exact: true });
  for (const vote of votes) expect(cells[8 * vote.row + vote.column]).toMatchObject({ label: labelOf(vote), sure: 1 });
});

test("what can't be a vote, a grid or an option is named", () => {
  const vote = { column: 0, row: 0, seed: 0, label: "a" };
  expect(messageOf(() => readMap(grid, [{ ...vote, column: 17 }]))).toBe(
    "column of a vote is 17: needs an integer from 0 to 16",
  );
  expect(messageOf(() => readMap(grid, [vote, { ...vote, label: "b" }]))).toBe(
    "the run of seed 0 at column 0, row 0 is said to be a and b: needs one phase a run",
  );
  expect(messageOf(() => readMap(grid, []))).toContain("votes is []: needs at least one");
  expect(messageOf(() => nextRuns({ columns: 0, rows: 2 }, [], { seed: 0 }))).toContain("columns is 0");
  expect(messageOf(() => nextRuns(grid, [], { seed: 0, seeds: 0 }))).toContain("seeds is 0");
  expect(messageOf(() => nextRuns(grid, [], { seed: 0, budget: 1.5 }))).toContain("budget is 1.5");
});
