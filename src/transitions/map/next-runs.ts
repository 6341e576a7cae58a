import { invalid } from "../../errors.ts";
import { stream } from "../../numerics/stream.ts";
import { fitKernel } from "./fit-kernel.ts";
import { largestMissed } from "./largest-missed.ts";
import { lattices } from "./lattice.ts";
import { type Neighbours, neighboursOn } from "./neighbours.ts";
import type { MapGrid, MapOptions, MapRun, Vote } from "./phase-map.ts";
import { type Posterior, posterior } from "./posterior.ts";
import { checkGrid, runKey, type Tally, tallyOf } from "./tally.ts";

/** A cell whose phase has this probability is decided. */
const DECIDED = 0.95;
/** Least square of the distance between two cells of a round, in squares of that to the nearest cell with runs: each round halves the gaps. */
const APART = 0.9;
/** Islands of this share of the map, or of so many cells, are looked for. */
const ISLAND = { share: 0.01, cells: 9 };

/**
 * The runs to be done next, most telling first; none when the map is finished or the budget is used up. A function of its arguments alone: the design is
 * replayed from its first round with the votes that there are, and what a round asked for and has no vote yet is what is next. So the order of votes, how many
 * workers gave them and where an earlier budget ended do not matter. Votes that the design did not ask for don't change it.
 *
 * Throws when a vote lies outside of the grid, when a run is said to have ended in two phases, and for options out of range.
 */
export const nextRuns = (grid: MapGrid, votes: readonly Vote[], options: MapOptions): readonly MapRun[] => {
  const { seeds = 1, budget = Infinity, seed, exact = false } = options;
  checkGrid(grid);
  if (!(Number.isSafeInteger(seeds) && seeds >= 1)) throw invalid("seeds", seeds, "an integer >= 1");
  if (!(budget === Infinity || (Number.isSafeInteger(budget) && budget >= 0)))
    throw invalid("budget", budget, "an integer >= 0");
  tallyOf(grid, votes);
  const given = new Map(votes.map(vote => [runKey(vote), vote]));
  const replay = replayFor(grid, { seeds, seed, exact }, budget, given);
  for (;;) {
    const { used, round } = replay;
    const allowed = round.slice(0, budget - used.length);
    const missing = allowed.filter(run => !given.has(runKey(run)));
    if (missing.length > 0 || allowed.length < round.length || round.length === 0) return missing;
    used.push(...round.map(run => given.get(runKey(run))!));
    replay.round = nextRound(replay);
  }
};

type DesignSettings = Required<Omit<MapOptions, "budget">>;

/** A design that is under way: its rounds, the votes of those that are over, and the one that is not. */
interface Replay {
  readonly key: string;
  readonly rounds: Generator<readonly MapRun[]>;
  readonly used: Vote[];
  round: readonly MapRun[];
}

/** The last one, as calls follow each other with a few votes more; it saves time and changes no answer. */
let latest: Replay | undefined;

/** The latest replay if its votes are among those given and within the budget, or a new one. */
const replayFor = (
  grid: MapGrid,
  settings: DesignSettings,
  budget: number,
  given: ReadonlyMap<string, Vote>,
): Replay => {
  const key = `${grid.columns} ${grid.rows} ${settings.seeds} ${settings.seed} ${settings.exact}`;
  const goesOn =
    latest?.key === key &&
    latest.used.length <= budget &&
    latest.used.every(vote => given.get(runKey(vote))?.label === vote.label);
  if (latest && goesOn) return latest;
  const used: Vote[] = [];
  const { columns, rows } = grid;
  const rounds = design({ columns, rows }, settings, () => tallyOf({ columns, rows }, used));
  latest = { key, rounds, used, round: [] };
  latest.round = nextRound(latest);
  return latest;
};

const nextRound = ({ rounds }: Replay): readonly MapRun[] => {
  const { value, done } = rounds.next();
  return done ? [] : value;
};

/** Rounds of runs; each is asked for when all votes of those before are counted. */
function* design(
  grid: MapGrid,
  { seeds, seed, exact }: DesignSettings,
  counted: () => Tally,
): Generator<readonly MapRun[]> {
  const size = grid.columns * grid.rows;
  const near = neighboursOn(grid);
  const random = stream({ seed, purpose: "map offset" });
  const smallest = Math.max(ISLAND.share, ISLAND.cells / size);
  const levels = lattices(grid, random.below(grid.columns), random.below(grid.rows));
  let tally: Tally | undefined;
  for (const level of levels) {
    if (tally && largestMissed(grid, tally.totals) <= smallest) break;
    const fresh = level.filter(cell => !tally || tally.totals[cell] === 0);
    if (fresh.length > 0) yield fresh.map(cell => runAt(grid, cell, 0));
    tally = counted();
    yield* refinement(near, counted, 1, exact);
    tally = counted();
  }
  if (seeds > 1) yield* refinement(near, counted, seeds, exact);
}

/** Rounds of undecided cells with less than a number of seeds, until there are none. */
function* refinement(
  near: Neighbours,
  counted: () => Tally,
  seeds: number,
  exact: boolean,
): Generator<readonly MapRun[]> {
  let tally = counted();
  const kernel = fitKernel(tally, near, exact);
  let known = posterior(tally, near, kernel, exact);
  for (;;) {
    const runs = openCells(tally, known, near, seeds);
    if (runs.length === 0) return;
    yield runs;
    tally = counted();
    const changed = runs.map(({ column, row }) => row * tally.grid.columns + column);
    known = posterior(tally, near, kernel, exact, { posterior: known, changed });
  }
}

/** Undecided cells, least sure first, and apart from each other. */
const openCells = (
  { grid, totals }: Tally,
  { probabilities }: Posterior,
  near: Neighbours,
  seeds: number,
): readonly MapRun[] => {
  const open: { cell: number; sure: number }[] = [];
  totals.forEach((total, cell) => {
    const sure = Math.max(...probabilities.map(each => each[cell]));
    if (sure < DECIDED && total < seeds) open.push({ cell, sure });
  });
  open.sort((a, b) => a.sure - b.sure || a.cell - b.cell);
  const taken: number[] = [];
  const nearest = near.among(totals);
  for (const { cell } of open) {
    const apart = APART * near.square(cell, nearest(cell, 1, true)[0]);
    if (taken.every(other => near.square(cell, other) > apart)) taken.push(cell);
  }
  return taken.map(cell => runAt(grid, cell, totals[cell]));
};

const runAt = ({ columns }: MapGrid, cell: number, seed: number): MapRun => ({
  column: cell % columns,
  row: Math.floor(cell / columns),
  seed,
});
