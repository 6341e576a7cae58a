import type { Cell } from "./cell.ts";
import { averageOf } from "./cell-average.ts";
import { falls } from "./compared-rows.ts";
import type { Problem } from "./problem.ts";
import { plainErrorOf, type Row, rowOf } from "./row.ts";

/** Relative errors that end a row: of what is measured, and of plain averages, on which control variates rest. */
const ERROR = 0.04;
const PLAIN_ERROR = 0.06;
/** Of each chain: before fewer the point where chains begin is not forgotten; a quarter of them where the budget allows no more. */
export const FIRST_DRAWS = 192;
export const MOST_DRAWS = 8192;
/** Where rows end that have not converged, and those that have: colder ones say more, and those that are known worst are run on in the end. */
const DRAWS = { doubtful: 2 * FIRST_DRAWS, good: FIRST_DRAWS };

/** What the draws of a cell say, the first quarter of them left out: part of what it takes to forget where chains began. */
export const settledRow = (problem: Problem, cell: Cell): Row =>
  rowOf(problem, averageOf(cell, Math.floor(cell.draws / 4)), true);

/** Runs a cell from its first draws on until its row says enough, or has at most so many. */
export const run = (problem: Problem, cell: Cell, most: number, first = FIRST_DRAWS): Row => {
  let next = first;
  for (;;) {
    cell.extend(next);
    const row = settledRow(problem, cell);
    const doubtful = row.unconverged !== undefined || row.virial >= 4 || row.rHat >= 1.03 || row.ess < 100;
    const done = plainErrorOf(row) <= PLAIN_ERROR * row.value && row.energyError <= ERROR * row.value && !doubtful;
    if (done || falls(row) || cell.draws >= Math.min(most, doubtful ? DRAWS.doubtful : DRAWS.good)) return row;
    next = cell.draws;
  }
};
