import { LandauError } from "../../errors.ts";
import { stream } from "../../numerics/stream.ts";
import { type Cell, cellAt } from "./cell.ts";
import { averageOf, type CellAverage } from "./cell-average.ts";
import type { Problem } from "./problem.ts";

/** One strength of the localiser, with what it does to the curved directions taken away exactly. */
export interface Row extends CellAverage {
  /** E + sum over curved directions of gamma / (2 (nBeta h + gamma)): the closed form of what the localiser takes from them. */
  readonly value: number;
  /** Standard error of value. */
  readonly error: number;
  /** d value / d log nBeta and -d value / d log gamma. */
  readonly byTemperature: number;
  readonly byPull: number;
  /** Why its draws are not to be trusted; absent when they are. */
  readonly flaw?: string;
}

export interface ScanSettings {
  readonly seed: number;
  readonly chains: number;
  readonly nBeta: number;
  /** Evaluations of the loss. */
  readonly budget: number;
  readonly stepSize?: number;
}

export interface Scan {
  /** From the strongest localiser to the weakest. */
  readonly rows: readonly Row[];
  /** The weakest localiser of the phase at smaller nBeta. */
  readonly warmer: readonly Row[];
  /** How many rows belong to the phase of w*: a deeper one takes over in the next. */
  readonly within: number;
  readonly ended: "plateau" | "escape" | "flaw" | "budget" | "weakest";
  /** nBeta K of each chain in the last row of the phase. */
  readonly traces: readonly Float64Array[];
}

/** Message of the error for a loss without shape. */
export const CONSTANT = "the loss is constant around the point";
const BURN_IN = 120;
const FACTOR = 4;
const MOST_ROWS = 11;
/** Shares of nBeta at which the weakest localiser is looked at again. */
const WARMER = [1 / 8, 1 / 64];
/** Relative error of plain averages that ends a row: what control variates add rests on no less. */
const PLAIN_ERROR = 0.015;
const ENOUGH = 0.003;
/** Share of the draws whose trajectories, of those with the full step, may be cut short. */
const MOST_CUT = 0.3;

/** Weakens the localiser by factors of 4 from where K is first felt, until nothing changes any more or another phase takes over. */
export const scan = (problem: Problem, settings: ScanSettings): Scan => {
  const { seed, chains, nBeta, budget, stepSize } = settings;
  const spent = problem.evaluations;
  const rows: Row[] = [];
  let starts: readonly Float64Array[] = Array.from({ length: chains }, () => problem.at.slice());
  let before = starts;
  let gamma = firstGamma(problem, nBeta, seed);
  let within = 0;
  let traces: readonly Float64Array[] = [];
  let flat = 0;
  const share = budget / 9;
  const left = (): number => budget - (problem.evaluations - spent);
  const rowAt = (t: number, pull: number) => {
    const cell = cellAt(problem, { seed, nBeta: t, gamma: pull, starts, burnIn: BURN_IN, stepSize });
    const row = run(problem, cell, Math.min(Math.max(left(), share / 8), share));
    starts = cell.ends();
    return { row, series: cell.series };
  };
  const finish = (ended: Scan["ended"]): Scan => {
    if (within === 0) return { rows, warmer: [], within, ended, traces };
    starts = before;
    const warmer = WARMER.filter(factor => nBeta * factor > 8).map(
      factor => rowAt(nBeta * factor, rows[within - 1].gamma).row,
    );
    return { rows, warmer: warmer.filter(({ flaw }) => flaw === undefined), within, ended, traces };
  };
  for (let index = 0; index < MOST_ROWS; index++, gamma /= FACTOR) {
    if (index > 0 && left() < (WARMER.length * share) / 2) return finish("budget");
    const { row, series } = rowAt(nBeta, gamma);
    rows.push(row);
    if (row.flaw !== undefined) return finish("flaw");
    if (index > 0 && drops(rows[index - 1], row)) return finish("escape");
    within = rows.length;
    before = starts;
    traces = series.map(({ energy }) => Float64Array.from(energy));
    flat = index > 0 && agree(rows[index - 1], row) ? flat + 1 : 0;
    if (flat >= 2) return finish("plateau");
  }
  return finish("weakest");
};

const run = (problem: Problem, cell: Cell, budget: number): Row => {
  const start = problem.evaluations;
  let next = 64;
  for (;;) {
    cell.extend(next);
    const row = rowOf(problem, averageOf(cell));
    const plainError = Math.abs(row.plain) / Math.sqrt(Math.max(1, row.ess) * Math.max(1e-9, row.plain));
    const done =
      plainError <= PLAIN_ERROR * row.value && row.error <= ENOUGH * 3 * row.value && row.virial < 4 && row.rHat < 1.02;
    const used = problem.evaluations - start;
    if (done || used * 2 > budget || cell.draws >= 8192) return row;
    next = cell.draws;
  }
};

export const rowOf = (problem: Problem, average: CellAverage): Row => {
  const { nBeta, gamma } = average;
  const { values, noise } = problem.curvature;
  let [taken, slope] = [0, 0];
  for (const h of values) {
    if (!(h > noise)) continue;
    const a = nBeta * h;
    taken += gamma / (2 * (a + gamma));
    slope += (a * gamma) / (2 * (a + gamma) * (a + gamma));
  }
  const gap = average.energy - average.plain;
  const plainError = Math.sqrt(Math.max(0, average.plain) / Math.max(1, average.ess));
  const flaw =
    average.virial > 4.5
      ? "the chains have not explored the flat directions"
      : average.rHat > 1.05
        ? "the chains disagree"
        : Math.abs(gap) > 3.5 * plainError
          ? "the averages disagree"
          : undefined;
  // Where trajectories are cut short the flat directions may be unexplored, and control variates would hide it:
  // half-way to the plain average.
  const cut = average.truncations > MOST_CUT * average.draws;
  const hidden = (cut ? 0.5 * plainError : 0) + 0.3 * Math.abs(gap);
  return {
    ...average,
    value: average.energy - (cut ? 0.5 * gap : 0) + taken,
    error: hypotenuse(average.energyError, hidden),
    byTemperature: average.slope - slope,
    slopeError: hypotenuse(average.slopeError, hidden),
    byPull: average.pull - slope,
    pullError: hypotenuse(average.pullError, hidden),
    ...(flaw !== undefined && { flaw }),
  };
};

const agree = (before: Row, after: Row): boolean =>
  Math.abs(after.value - before.value) <= 0.007 * after.value + 0.5 * hypotenuse(before.error, after.error) &&
  Math.abs(after.byPull) <= 0.015 * after.value + after.pullError;

const drops = (before: Row, after: Row): boolean =>
  before.value - after.value > 0.02 * before.value + 3 * hypotenuse(before.error, after.error);

/** Where nBeta <K> under the localiser alone is first as large as twice the number of parameters. */
export const firstGamma = (problem: Problem, nBeta: number, seed: number): number => {
  const { objective, size, at, baseline } = problem;
  const numbers = stream({ seed, purpose: "coefficient first gamma" });
  const w = new Float64Array(size);
  const xi = Array.from({ length: 8 }, () => {
    const direction = new Float64Array(size);
    numbers.normals(direction);
    return direction;
  });
  const energy = (gamma: number): number => {
    let sum = 0;
    for (const direction of xi) {
      for (let i = 0; i < size; i++) w[i] = at[i] + direction[i] / Math.sqrt(gamma);
      problem.evaluations++;
      sum += objective.loss(w) - baseline;
    }
    return (nBeta * sum) / xi.length;
  };
  const felt = (gamma: number): boolean => !(energy(gamma) < 2 * size);
  let gamma = 1;
  if (felt(gamma)) {
    for (let k = 0; k < 60 && felt(gamma); k++) gamma *= FACTOR;
    return gamma / FACTOR;
  }
  for (let k = 0; k < 60; k++) {
    gamma /= FACTOR;
    if (felt(gamma)) return gamma;
  }
  throw new LandauError("input", CONSTANT);
};

const hypotenuse = (a: number, b: number): number => Math.sqrt(a * a + b * b);
