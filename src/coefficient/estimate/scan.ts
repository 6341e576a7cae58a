import { isLandauError, LandauError } from "../../errors.ts";
import type { BatchChoice } from "./batch-choice.ts";
import { type Cell, cellAt } from "./cell.ts";
import { averageOf } from "./cell-average.ts";
import { floorOf } from "./curvature.ts";
import { firstGamma } from "./first-gamma.ts";
import { hypotenuse } from "./hypotenuse.ts";
import { BudgetSpent, type Problem } from "./problem.ts";
import { BELOW } from "./proposal.ts";
import { type Row, rowOf } from "./row.ts";

export interface ScanSettings {
  readonly seed: number;
  readonly chains: number;
  /** n, where the scan begins. */
  readonly nBeta: number;
  /** The largest nBeta to go to; nBeta when absent. */
  readonly coldest?: number;
  /** Calls of the problem in all, minibatches included. */
  readonly budget: number;
  readonly stepSize?: number;
  readonly batches?: BatchChoice;
  /** The localiser at which flat directions of high degree would be felt; FELT when absent. */
  readonly felt?: number;
}

export interface Scan {
  /** From the strongest localiser at n, first colder, then to weaker localisers. */
  readonly rows: readonly Row[];
  /** The weakest localiser of the phase at smaller nBeta; empty where rows are of many. */
  readonly warmer: readonly Row[];
  /** How many rows belong to the phase of w*: a deeper one takes over in the next. */
  readonly within: number;
  /** Whether three rows in a row agreed. */
  readonly settled: boolean;
  /** The level is what curved directions alone explain, at a localiser that may still hold flat ones of high degree. */
  readonly held: boolean;
  readonly ended: "plateau" | "escape" | "unconverged" | "budget" | "weakest";
  /** nBeta K of each chain in the last row of the phase. */
  readonly traces: readonly Float64Array[];
  /** Runs on the cell of the row that is known worst, and looks again; false when the budget is spent. */
  refine(): boolean;
}

const BURN_IN = 32;
/** From one temperature to the next, and where rows agree. */
const COOLING = 32;
const LEAP_COOLING = 4096;
/** How much stronger the localiser is made where chains leave for a deeper minimum, and how often. */
const RESTART = 16;
const MOST_RESTARTS = 4;
/** From one localiser to the next, and where rows agree that curved directions alone explain. */
const FACTOR = 4;
const LEAP = 16;
export const FELT = 4;
/** A level this close to half the rank, relatively, is explained by it. */
const AT_FLOOR = 0.05;
const MOST_WEAKER = 11;
/** Where the coldest temperature is this many times n, the localiser is weakened this often, and then kept. */
const FAR = 1e3;
const OPENINGS = 3;
/** Shares of nBeta at which the weakest localiser is looked at again, where there is no colder one. */
const WARMER = [1 / 8, 1 / 64];
/** Relative errors that end a row: of what is measured, and of plain averages, on which control variates rest. */
const ERROR = 0.04;
const PLAIN_ERROR = 0.06;
const FIRST_DRAWS = 48;
const MOST_DRAWS = 8192;
/** Share of the budget that is kept for running on rows that were seen. */
const KEPT = 0.3;

/**
 * From a localiser at which K is first felt at nBeta = n, the scan goes to larger nBeta as far as K can be resolved, and then to weaker
 * localisers until nothing changes any more or another phase takes over. By homogeneity the two do the same near w*; but a larger nBeta stays
 * near w*, while a weaker localiser lets the chains go to where K has another shape.
 *
 * Where curved directions explain all that is felt, flat ones of high degree may not be felt yet: then a level counts once the localiser is weak.
 */
export const scan = (problem: Problem, settings: ScanSettings): Scan => {
  const { seed, chains, nBeta, coldest = nBeta, budget, stepSize, batches, felt = FELT } = settings;
  const rows: Row[] = [];
  const warmer: Row[] = [];
  const cells: Cell[] = [];
  const atPoint: readonly Float64Array[] = Array.from({ length: chains }, () => problem.at.slice());
  let starts = atPoint;
  let within = 0;
  let traces: readonly Float64Array[] = [];
  let flat = 0;
  let settled = false;
  const floor = floorOf(problem.curvature);
  // Of degree 8: K ~ w^8 is felt where nBeta is gamma^4 times some number.
  const mayHide = (row: Row) =>
    2 * floor < problem.size &&
    row.value - floor < AT_FLOOR * floor + 2 * row.error &&
    row.gamma > felt * Math.sqrt(Math.sqrt(row.nBeta / nBeta));

  const rowAt = (t: number, gamma: number, most?: number): { row: Row; cell: Cell } => {
    const seen = t > nBeta && batches && !batches.fixed ? undefined : batches;
    const learnt = cells.at(-1)?.learnt;
    const cell = cellAt(problem, { seed, nBeta: t, gamma, starts, burnIn: BURN_IN, stepSize, batches: seen, learnt });
    const row = run(problem, cell, most);
    if (row.unconverged !== undefined && row.batch !== undefined && batches && !batches.fixed) {
      // There may be valleys that minibatches, corrected at w* alone, cannot follow.
      batches.size = undefined;
      return rowAt(t, gamma, most);
    }
    return { row, cell };
  };
  /** Undefined where the loss falls without end. */
  const tryAt = (t: number, gamma: number, most?: number) => {
    try {
      return rowAt(t, gamma, most);
    } catch (error) {
      if (isLandauError(error, "diverged") && error.message === BELOW) return undefined;
      throw error;
    }
  };
  const walk = (): Scan["ended"] => {
    let gamma = firstGamma(problem, nBeta, seed);
    let t = nBeta;
    let limit = coldest;
    let weaker = 0;
    let restarts = 0;
    for (;;) {
      const opens = coldest > FAR * nBeta && weaker < OPENINGS;
      const seen = tryAt(t, gamma, opens ? FIRST_DRAWS : undefined);
      if (seen === undefined || falls(seen.row)) {
        // At n there is a deeper minimum not far away: a stronger localiser keeps the chains here. At a larger nBeta w* is not the minimum to that precision.
        if (t > nBeta) {
          if (t === limit && limit < coldest) return "weakest";
          const last = rows[rows.length - 1];
          t = limit = last.nBeta;
          gamma = last.gamma / FACTOR;
          weaker = MOST_WEAKER - OPENINGS;
          continue;
        }
        if (++restarts > MOST_RESTARTS) {
          if (seen === undefined) throw new LandauError("diverged", BELOW);
          rows.push(seen.row);
          within = 1;
          return "weakest";
        }
        rows.length = cells.length = within = 0;
        starts = atPoint;
        gamma *= RESTART;
        weaker = OPENINGS;
        settled = false;
        continue;
      }
      const { row, cell } = seen;
      rows.push(row);
      cells.push(cell);
      if (row.unconverged !== undefined && !opens) return "unconverged";
      const previous = rows[rows.length - 2];
      if (previous && escapes(previous, row)) {
        if (gamma < previous.gamma && coldest > FAR * nBeta) {
          // Near w* a larger nBeta shows what a weaker localiser does not.
          rows.pop();
          cells.pop();
          weaker = OPENINGS;
          gamma = previous.gamma * FACTOR;
          t = nBeta * COOLING;
          continue;
        }
        return "escape";
      }
      within = rows.length;
      starts = cell.ends();
      traces = tracesOf(cell);
      flat = previous && agree(previous, row) ? flat + 1 : 0;
      settled ||= flat >= 2;
      if (t < limit && !opens) t = Math.min(limit, t * (flat >= 2 ? LEAP_COOLING : COOLING));
      else {
        if (flat >= 2 && !mayHide(row)) return "plateau";
        if (weaker >= (limit === coldest && coldest > FAR * nBeta && !mayHide(row) ? OPENINGS : MOST_WEAKER))
          return "weakest";
        gamma /= flat >= 2 ? LEAP : FACTOR;
        weaker++;
      }
    }
  };
  const walkWarmer = (): void => {
    if (within === 0 || coldest > FAR * nBeta) return;
    for (const factor of WARMER) {
      if (nBeta * factor <= 8) continue;
      const { row } = rowAt(nBeta * factor, rows[within - 1].gamma);
      if (row.unconverged === undefined) warmer.push(row);
    }
  };
  let ended: Scan["ended"] = "budget";
  try {
    problem.allow((1 - KEPT) * budget);
    ended = walk();
    problem.allow(budget);
    walkWarmer();
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    problem.allow(budget);
  }
  return {
    rows,
    warmer,
    get within() {
      return within;
    },
    settled,
    get held() {
      return within > 0 && mayHide(rows[within - 1]);
    },
    ended,
    get traces() {
      return traces;
    },
    refine() {
      if (within === 0) return false;
      const shareOf = ({ energyError, value }: Row) => energyError / Math.max(value, 1e-9);
      let worst = within - 1;
      for (let i = Math.max(0, within - REFINED); i < within; i++)
        if (shareOf(rows[i]) > shareOf(rows[worst])) worst = i;
      const cell = cells[worst];
      try {
        cell.extend(cell.draws);
      } catch (error) {
        if (!(error instanceof BudgetSpent)) throw error;
        return false;
      }
      rows[worst] = rowOf(problem, averageOf(cell));
      traces = tracesOf(cells[within - 1]);
      return true;
    },
  };
};

/** Of the last rows one is run on. */
const REFINED = 6;

const tracesOf = ({ series }: Cell) => series.map(({ energy }) => Float64Array.from(energy));

const run = (problem: Problem, cell: Cell, most = MOST_DRAWS): Row => {
  let next = FIRST_DRAWS;
  for (;;) {
    cell.extend(next);
    const row = rowOf(problem, averageOf(cell));
    const plainError = Math.abs(row.plain) / Math.sqrt(Math.max(1, row.ess) * Math.max(1e-9, row.plain));
    const doubtful = row.unconverged !== undefined || row.virial >= 4 || row.rHat >= 1.03 || row.ess < 100;
    const done = plainError <= PLAIN_ERROR * row.value && row.energyError <= ERROR * row.value && !doubtful;
    if (done || falls(row) || cell.draws >= (doubtful ? 16 : 8) * FIRST_DRAWS || cell.draws >= most) return row;
    next = cell.draws;
  }
};

const agree = (before: Row, after: Row): boolean =>
  Math.abs(after.value - before.value) <= 0.007 * after.value + 0.5 * hypotenuse(before.error, after.error) &&
  (before.nBeta === after.nBeta
    ? Math.abs(after.byPull) <= 0.015 * after.value + after.pullError
    : Math.abs(after.byTemperature) <= 0.015 * after.value + after.slopeError);

const falls = ({ nBeta, leastK, value }: Row): boolean => -nBeta * leastK > 0.1 * Math.max(0.25, value);

/** At one temperature a fall is another phase's; at a larger one only where the chains go farther away than before. */
const escapes = (before: Row, after: Row): boolean =>
  before.value - after.value > 0.02 * before.value + 3 * hypotenuse(before.error, after.error) &&
  (before.nBeta === after.nBeta || after.distance > 1.1 * before.distance);
