import { expect, test } from "vitest";
import { stream } from "../../src/numerics/stream.ts";
import { type AdaptiveOptions, adaptiveRuns } from "../../src/protocols/adaptive-runs.ts";
import { type Cell, type MapRun, readMap, type Vote } from "../../src/transitions/map/index.ts";

const grid = { columns: 16, rows: 16 };
const SEEDS = 5;
const options: AdaptiveOptions = {
  ...{ seeds: SEEDS, budget: Infinity, seed: 3 },
  firstSeed: ({ column, row }) => stream({ seed: 3, purpose: `first ${column} ${row}` }).below(SEEDS),
};
const nameOf = ({ column, row, seed }: MapRun) => `${column} ${row} ${seed}`;
const truth = ({ column, row }: Cell) => (column + row < 16 ? "low" : "high");

/** Goes on until the design is done; `given` is there from the start. */
const explore = (
  labelOf: (run: MapRun) => string,
  changed: Partial<AdaptiveOptions> = {},
  given: readonly Vote[] = [],
) => {
  const votes: Vote[] = [...given];
  const rounds: (readonly MapRun[])[] = [];
  for (;;) {
    const runs = adaptiveRuns(grid, votes, { ...options, ...changed });
    if (runs.length === 0) return { votes, rounds };
    rounds.push(runs);
    for (const run of runs) votes.push({ ...run, label: labelOf(run) });
  }
};

test("no run is asked for twice, none beyond the seeds, and cells begin with different seeds", () => {
  const random = stream({ seed: 1, purpose: "noise" });
  const { votes, rounds } = explore(run => (random.uniform() < 0.3 ? "low" : truth(run)));
  expect(new Set(votes.map(nameOf)).size).toBe(votes.length);
  expect(votes.every(({ seed }) => seed >= 0 && seed < SEEDS)).toBe(true);
  const counts = Array.from({ length: SEEDS }, (_, seed) => rounds[0].filter(run => run.seed === seed).length);
  for (const count of counts) expect(count).toBeGreaterThan(0);
});

test("the order of votes does not matter", () => {
  const { votes } = explore(truth, { budget: 60 });
  const left = adaptiveRuns(grid, votes.slice(0, 40), options);
  expect(left.length).toBeGreaterThan(0);
  expect(adaptiveRuns(grid, votes.slice(0, 40).reverse(), options)).toEqual(left);
});

test("one seed that errs everywhere does not decide the map", () => {
  const labelOf = (run: MapRun) => (run.seed === 0 ? "low" : truth(run));
  const right = (firstSeed: AdaptiveOptions["firstSeed"]) => {
    const { votes } = explore(labelOf, { firstSeed });
    return readMap(grid, votes).cells.filter(cell => cell.label === truth(cell)).length / 256;
  };
  expect(right(options.firstSeed)).toBeGreaterThan(0.93);
  // Were seed 0 the first everywhere, its map would be all there is.
  expect(right(() => 0)).toBeLessThan(0.7);
});

test("runs that are there count, of whichever seed", () => {
  const fresh = explore(truth).votes;
  const given = fresh.map(run => ({ ...run, seed: (run.seed + 2) % SEEDS }));
  const { votes, rounds } = explore(truth, {}, given);
  expect(new Set(votes.map(nameOf)).size).toBe(votes.length);
  expect(rounds.flat().length).toBe(0);
});
