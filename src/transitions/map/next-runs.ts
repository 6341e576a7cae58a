import { invalid } from "../../errors.ts";
import { stream } from "../../numerics/stream.ts";
import type { MapGrid, MapOptions, MapRun, Vote } from "./phase-map.ts";
import { posterior } from "./posterior.ts";
import { checkGrid, runKey, tallyOf } from "./tally.ts";

/** Most probable phases with at least this probability are decided. */
const DECIDED = 0.95;

/**
 * The runs to be done next, most telling first; none when the map is finished or the budget is used up. A function of its arguments alone: the design is
 * replayed from its first round with the votes that there are, and what a round asked for and has no vote yet is what is next. So the order of votes, how many
 * workers gave them and where an earlier budget ended do not matter. Votes that the design did not ask for don't change it.
 */
export const nextRuns = (
  grid: MapGrid,
  votes: readonly Vote[],
  { seeds = 1, budget = Infinity, seed }: MapOptions,
): readonly MapRun[] => {
  checkGrid(grid);
  if (!(Number.isSafeInteger(seeds) && seeds >= 1)) throw invalid("seeds", seeds, "an integer >= 1");
  if (!(budget === Infinity || (Number.isSafeInteger(budget) && budget >= 0)))
    throw invalid("budget", budget, "an integer >= 0");
  const given = new Map(votes.map(vote => [runKey(vote), vote]));
  const used: Vote[] = [];
  let round = exploration(grid, seed);
  for (;;) {
    const allowed = round.slice(0, budget - used.length);
    const missing = allowed.filter(run => !given.has(runKey(run)));
    if (missing.length > 0 || allowed.length === 0) return missing;
    for (const run of allowed) used.push(given.get(runKey(run))!);
    round = refinement(grid, used, seeds);
  }
};

/** A lattice of an eighth of all cells, each four cells from its nearest neighbours or less. */
const exploration = ({ columns, rows }: MapGrid, seed: number): MapRun[] => {
  const random = stream({ seed, purpose: "map offset" });
  const [right, down] = [random.below(Math.min(4, columns)), random.below(Math.min(4, rows))];
  const runs: MapRun[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const [x, y] = [(column - right + 4) % 4, (row - down + 4) % 4];
      if ((x === 0 && y === 0) || (x === 2 && y === 2)) runs.push({ column, row, seed: 0 });
    }
  return runs;
};

/** Cells that are not decided and have no neighbour in the same round. */
const refinement = (grid: MapGrid, votes: readonly Vote[], seeds: number): MapRun[] => {
  const { columns, rows } = grid;
  const tally = tallyOf(grid, votes);
  const probabilities = posterior(tally);
  const open: { cell: number; sure: number }[] = [];
  for (let cell = 0; cell < columns * rows; cell++) {
    const sure = Math.max(...probabilities.map(each => each[cell]));
    if (sure < DECIDED && tally.totals[cell] < seeds) open.push({ cell, sure });
  }
  open.sort((a, b) => a.sure - b.sure || a.cell - b.cell);
  const taken = new Set<number>();
  const runs: MapRun[] = [];
  for (const { cell } of open) {
    const [column, row] = [cell % columns, Math.floor(cell / columns)];
    const near = [-1, 0, 1].some(dy =>
      [-1, 0, 1].some(dx => column + dx >= 0 && column + dx < columns && taken.has(cell + dy * columns + dx)),
    );
    if (near) continue;
    taken.add(cell);
    runs.push({ column, row, seed: tally.totals[cell] });
  }
  return runs;
};
