import { invalid, LandauError } from "../../errors.ts";
import type { MapGrid, MapRun, Vote } from "./phase-map.ts";

/** Votes by cell and phase. */
export interface Tally {
  readonly grid: MapGrid;
  /** In the order of first appearance by row, column and seed. */
  readonly labels: readonly string[];
  /** counts[label][cell], cells row by row. */
  readonly counts: readonly Float64Array[];
  /** Votes of each cell. */
  readonly totals: Float64Array;
  readonly runs: number;
}

/** Says which run, whatever the grid. */
export const runKey = ({ column, row, seed }: MapRun): string => `${column},${row},${seed}`;

export const checkGrid = ({ columns, rows }: MapGrid): void => {
  if (!(Number.isSafeInteger(columns) && columns >= 1)) throw invalid("columns", columns, "an integer >= 1");
  if (!(Number.isSafeInteger(rows) && rows >= 1)) throw invalid("rows", rows, "an integer >= 1");
};

/**
 * Counts votes. Their order does not matter, and a run that is told twice is one. Throws when a vote lies outside of the grid or has no label, and when a run
 * is said to have ended in two phases.
 */
export const tallyOf = (grid: MapGrid, votes: readonly Vote[]): Tally => {
  checkGrid(grid);
  const { columns, rows } = grid;
  const byRun = new Map<string, Vote>();
  for (const vote of votes) {
    checkVote(grid, vote);
    const key = runKey(vote);
    const known = byRun.get(key);
    if (known && known.label !== vote.label)
      throw new LandauError(
        "input",
        `the run of seed ${vote.seed} at column ${vote.column}, row ${vote.row} is said to be ${known.label} and ${vote.label}: needs one phase a run`,
      );
    byRun.set(key, vote);
  }
  const sorted = [...byRun.values()].sort((a, b) => a.row - b.row || a.column - b.column || a.seed - b.seed);
  const labels = [...new Set(sorted.map(({ label }) => label))];
  const counts = labels.map(() => new Float64Array(columns * rows));
  const totals = new Float64Array(columns * rows);
  for (const { column, row, label } of sorted) {
    counts[labels.indexOf(label)][row * columns + column]++;
    totals[row * columns + column]++;
  }
  return { grid, labels, counts, totals, runs: sorted.length };
};

const checkVote = ({ columns, rows }: MapGrid, { column, row, seed, label }: Vote): void => {
  const within = (value: number, size: number): boolean => Number.isSafeInteger(value) && value >= 0 && value < size;
  if (!within(column, columns)) throw invalid("column of a vote", column, `an integer from 0 to ${columns - 1}`);
  if (!within(row, rows)) throw invalid("row of a vote", row, `an integer from 0 to ${rows - 1}`);
  if (!(Number.isSafeInteger(seed) && seed >= 0)) throw invalid("seed of a vote", seed, "an integer >= 0");
  if (typeof label !== "string" || label === "") throw invalid("label of a vote", label, "the name of a phase");
};
