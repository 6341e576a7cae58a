import type { Cell } from "./cell.ts";
import { averageOf } from "./cell-average.ts";
import { falls } from "./compared-rows.ts";
import { affordable, BudgetSpent, type Problem } from "./problem.ts";
import { plainErrorOf, type Row, rowOf, wholeError } from "./row.ts";

/** Relative errors that end a row: of what is measured, and of plain averages, on which control variates rest. */
const ERROR = 0.04;
const PLAIN_ERROR = 0.06;
/** The same where nothing else is asked for. */
const KNOWN = 0.01;
/** Of each chain: before fewer the point where chains begin is not forgotten; a quarter of them where the budget allows no more. */
export const FIRST_DRAWS = 192;
export const MOST_DRAWS = 8192;
/**
 * Where rows end, in first draws: those that have converged, those of which it is doubtful, and those that have not. Colder ones say more, and those that are known worst are run on in the
 * end; but after one that has not converged there is none.
 */
const MOST_FIRSTS = { good: 1, doubtful: 2, unconverged: 8 };

/** What the draws of a cell say, the first quarter of them left out: part of what it takes to forget where chains began. */
export const settledRow = (problem: Problem, cell: Cell): Row =>
  rowOf(problem, averageOf(cell, Math.floor(cell.draws / 4)), true);

/** Draws of each chain between which the budget is looked at, and with which a row that it ends says something. */
const PORTION = 24;

/** As many more draws as the budget allows; whether all of them. */
export const extended = (cell: Cell, draws: number): boolean => {
  for (let left = draws; left > 0; left -= PORTION)
    if (affordable(() => cell.extend(Math.min(left, PORTION)) ?? true) === undefined) return false;
  return true;
};

/** Runs a cell from its first draws on until its row says enough, or has at most so many, or as many as the budget allows. */
export const run = (problem: Problem, cell: Cell, most: number, first = FIRST_DRAWS): Row => {
  let next = first;
  for (;;) {
    const isAll = extended(cell, next);
    if (cell.draws < PORTION) throw new BudgetSpent();
    const row = settledRow(problem, cell);
    if (!isAll) {
      // Too few draws say nothing against the rows before.
      if (row.unconverged !== undefined) throw new BudgetSpent();
      return row;
    }
    // Where control variates tell all of nBeta K, more draws tell nothing.
    if (row.unconverged === undefined && row.virial < 4 && wholeError(row) <= KNOWN * row.value) return row;
    const doubtful = row.unconverged !== undefined || row.virial >= 4 || row.rHat >= 1.03 || row.ess < 100;
    const done = plainErrorOf(row) <= PLAIN_ERROR * row.value && row.energyError <= ERROR * row.value && !doubtful;
    const firsts = row.unconverged !== undefined ? "unconverged" : doubtful ? "doubtful" : "good";
    if (done || falls(row) || cell.draws >= Math.min(most, MOST_FIRSTS[firsts] * first)) return row;
    next = cell.draws;
  }
};
