import type { BatchChoice } from "./batch-choice.ts";
import { type Cell, cellAt } from "./cell.ts";
import { averageOf } from "./cell-average.ts";
import { floorOf } from "./curvature.ts";
import { firstGamma } from "./first-gamma.ts";
import { hypotenuse } from "./hypotenuse.ts";
import { affordable, BudgetSpent, type Problem } from "./problem.ts";
import { type Row, rowOf } from "./row.ts";

export interface ScanSettings {
  readonly seed: number;
  readonly chains: number;
  readonly nBeta: number;
  /** Evaluations of the loss, those on minibatches included. */
  readonly budget: number;
  readonly stepSize?: number;
  readonly batches?: BatchChoice;
  /** The localiser at which flat directions of high degree would be felt; FELT when absent. */
  readonly felt?: number;
}

export interface Scan {
  /** From the strongest localiser to the weakest. */
  readonly rows: readonly Row[];
  /** The weakest localiser of the phase at smaller nBeta. */
  readonly warmer: readonly Row[];
  /** How many rows belong to the phase of w*: a deeper one takes over in the next. */
  readonly within: number;
  /** Whether three rows in a row agreed. */
  readonly settled: boolean;
  /** The level is what curved directions alone explain, at a localiser that may still hold flat ones of high degree. */
  readonly held: boolean;
  /** A row of a stronger localiser that shows more than the weakest, which then reaches another phase. */
  readonly nearer?: Row;
  readonly ended: "plateau" | "escape" | "unconverged" | "budget" | "weakest";
  /** nBeta K of each chain in the last row of the phase. */
  readonly traces: readonly Float64Array[];
}

const BURN_IN = 120;
const FACTOR = 4;
/** How far the localiser is weakened from a level that the curved directions alone explain, and down to what it must be seen. */
const LEAP = 16;
export const FELT = 4;
/** A level this close to half the rank, relatively, is explained by it. */
const AT_FLOOR = 0.05;
const MOST_ROWS = 11;
/** Shares of nBeta at which the weakest localiser is looked at again. */
const WARMER = [1 / 8, 1 / 64];
/** Relative error of plain averages that ends a row: what control variates add rests on no less. */
const PLAIN_ERROR = 0.015;
const ENOUGH = 0.003;
const FIRST_DRAWS = 64;

/**
 * Weakens the localiser by factors of 4 from where K is first felt, until nothing changes any more or another phase takes over. Where
 * curved directions explain all that is felt, flat ones of high degree may not be felt yet: then a level counts once the localiser is weak.
 */
export const scan = (problem: Problem, settings: ScanSettings): Scan => {
  const { seed, chains, nBeta, budget, stepSize, batches, felt = FELT } = settings;
  const rows: Row[] = [];
  let starts: readonly Float64Array[] = Array.from({ length: chains }, () => problem.at.slice());
  let before = starts;
  let gamma = firstGamma(problem, nBeta, seed);
  let within = 0;
  let traces: readonly Float64Array[] = [];
  let flat = 0;
  let settled = false;
  const share = budget / 9;
  const left = (): number => budget - problem.calls;
  const rowAt = (t: number, pull: number): { row: Row; series: Cell["series"] } => {
    const cell = cellAt(problem, { seed, nBeta: t, gamma: pull, starts, burnIn: BURN_IN, stepSize, batches });
    let row = run(problem, cell, Math.min(Math.max(left(), share / 8), share));
    // Nothing can be said before two rows have converged: for these there is more than their share.
    if (row.unconverged !== undefined && row.batch === undefined && within < 2 && left() > 4 * share)
      row = run(problem, cell, left() / 2);
    if (row.unconverged !== undefined && row.batch !== undefined && batches && !batches.fixed) {
      // There may be valleys that minibatches, corrected at w* alone, cannot follow.
      batches.size = undefined;
      return rowAt(t, pull);
    }
    starts = cell.ends();
    return { row, series: cell.series };
  };
  const finish = (ended: Scan["ended"]): Scan => {
    if (within === 0) return { rows, warmer: [], within, settled, held: false, ended, traces };
    starts = before;
    const warmer: Row[] = [];
    for (const factor of WARMER) {
      const row = nBeta * factor > 8 ? affordable(() => rowAt(nBeta * factor, rows[within - 1].gamma).row) : undefined;
      if (row && row.unconverged === undefined) warmer.push(row);
    }
    return {
      rows,
      warmer,
      within,
      settled,
      held: mayHide(rows[within - 1]),
      ended,
      traces,
    };
  };
  const floor = floorOf(problem.curvature);
  const mayHide = (row: Row) =>
    2 * floor < problem.size && row.value - floor < AT_FLOOR * floor + 2 * row.error && row.gamma > felt;
  let factor = FACTOR;
  for (let index = 0; index < MOST_ROWS; index++, gamma /= factor) {
    if (index > 0 && left() < (WARMER.length * share) / 2) return finish("budget");
    const seen = affordable(() => rowAt(nBeta, gamma));
    if (seen === undefined) return finish("budget");
    const { row, series } = seen;
    rows.push(row);
    if (row.unconverged !== undefined) return finish("unconverged");
    if (index > 0 && drops(rows[index - 1], row)) return finish("escape");
    within = rows.length;
    before = starts;
    traces = series.map(({ energy }) => Float64Array.from(energy));
    flat = index > 0 && agree(rows[index - 1], row) ? flat + 1 : 0;
    if (flat >= 2) {
      settled = true;
      if (!mayHide(row)) return finish("plateau");
    }
    factor = flat >= 2 ? LEAP : FACTOR;
  }
  return finish("weakest");
};

const run = (problem: Problem, cell: Cell, budget: number): Row => {
  const start = problem.calls;
  let next = Math.max(FIRST_DRAWS, cell.draws);
  for (;;) {
    const spent = affordable(() => cell.extend(next) ?? true) === undefined;
    if (cell.draws === 0) throw new BudgetSpent();
    const row = rowOf(problem, averageOf(cell));
    const plainError = Math.abs(row.plain) / Math.sqrt(Math.max(1, row.ess) * Math.max(1e-9, row.plain));
    const done =
      plainError <= PLAIN_ERROR * row.value && row.error <= ENOUGH * 3 * row.value && row.virial < 4 && row.rHat < 1.02;
    const used = problem.calls - start;
    if (done || spent || used * 2 > budget || cell.draws >= 8192) return row;
    next = cell.draws;
  }
};

const agree = (before: Row, after: Row): boolean =>
  Math.abs(after.value - before.value) <= 0.007 * after.value + 0.5 * hypotenuse(before.error, after.error) &&
  Math.abs(after.byPull) <= 0.015 * after.value + after.pullError;

const drops = (before: Row, after: Row): boolean =>
  before.value - after.value > 0.02 * before.value + 3 * hypotenuse(before.error, after.error);
