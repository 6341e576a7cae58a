import type { CellAverage } from "./cell-average.ts";
import { hypotenuse } from "./hypotenuse.ts";
import type { Problem } from "./problem.ts";

/** One strength of the localiser, with what it does to the curved directions taken away exactly. */
export interface Row extends CellAverage {
  /**
   * E + sum over curved directions of gamma / (2 (nBeta h + gamma)): the closed form of what the localiser takes from them. E alone where only
   * the diagonal of the Hessian is known, which says nothing of its eigenvalues.
   */
  readonly value: number;
  /** Standard error of value. */
  readonly error: number;
  /** d value / d log nBeta and -d value / d log gamma. */
  readonly byTemperature: number;
  readonly byPull: number;
  /** Why its chains count as not converged; absent when they have. */
  readonly unconverged?: string;
  /** Whether chains differ by more than each fluctuates, as where some are in another phase; only of a row among many at other temperatures. */
  readonly apart?: true;
}

/** Share of the draws whose trajectories, of those with the full step, may be cut short. */
const MOST_CUT = 0.3;

/** Standard errors of the plain average by which the other may differ from it. */
const MOST_GAP = 3;

/** That of nBeta K, whose variance is its mean where K is homogeneous; below 0, by rounding or a lower place, it is as uncertain. */
export const plainErrorOf = ({ plain, ess }: Pick<CellAverage, "plain" | "ess">): number =>
  Math.sqrt(Math.abs(plain) / Math.max(1, ess));

/** Of a row among many at other temperatures: errors of the plain average by which it may differ from the other without a doubt. */
const CHANCE = 1.5;
/** By how many times what parts of chains differ by chains may differ, F with 3 and 28 degrees of freedom, where that is a share of the value that matters. */
const MOST_APART = 3;
const LEAST_APART = 0.01;
/** No such row is known better than to this share, whatever its draws say. */
const LEAST_ERROR = 0.002;

export const rowOf = (problem: Problem, seen: CellAverage, isOfMany = false): Row => {
  const average = isOfMany ? betterOf(seen) : seen;
  const { nBeta, gamma } = average;
  const { values, noise, matrix } = problem.curvature;
  let [taken, slope] = [0, 0];
  for (const h of values) {
    if (!(matrix && h > noise)) continue;
    const a = nBeta * h;
    taken += gamma / (2 * (a + gamma));
    slope += (a * gamma) / (2 * (a + gamma) * (a + gamma));
  }
  const gap = average.energy - average.plain;
  const plainError = plainErrorOf(average);
  // Batches are too short for what is slow, and chains too few: beside quadrature either alone, or the larger, is too small by a third.
  const energyError = isOfMany ? hypotenuse(average.energyError, average.betweenChains) : average.energyError;
  // Chains may disagree on nBeta K and not on what control variates leave of it.
  const disagree = average.rHat > DISAGREE && !(isOfMany && energyError <= KNOWN * average.energy);
  const unconverged =
    average.virial > MOST_VIRIAL
      ? "the chains have not explored the flat directions"
      : disagree
        ? "the chains disagree"
        : Math.abs(gap) > 8 * plainError
          ? "the averages disagree"
          : undefined;
  const away = awayOf(average, isOfMany);
  const hidden = away * plainError + 0.3 * Math.max(0, Math.abs(gap) - (isOfMany ? CHANCE * plainError : 0));
  const value = average.energy - away * gap + taken;
  const error = hypotenuse(energyError, hidden);
  const least = isOfMany ? LEAST_ERROR * value : 0;
  const apart =
    isOfMany && average.betweenChains > Math.max(MOST_APART * average.energyError, LEAST_APART * Math.abs(value));
  return {
    ...average,
    energyError,
    value,
    error: hypotenuse(error, least),
    byTemperature: average.slope - slope,
    slopeError: hypotenuse(average.slopeError, hypotenuse(hidden, least)),
    byPull: average.pull - slope,
    pullError: hypotenuse(average.pullError, hypotenuse(hidden, least)),
    ...(unconverged !== undefined && { unconverged }),
    ...(apart && { apart }),
  };
};

/** Where control variates add more noise than they take away, as in valleys that bend along each parameter, the plain average instead. */
const betterOf = (average: CellAverage): CellAverage => {
  // Chains that are slow to change where they are do not show it in the time that nBeta K itself takes.
  const plainError = Math.max(plainErrorOf(average), average.plainSpread);
  if (hypotenuse(average.energyError, average.betweenChains) < plainError) return average;
  return { ...average, energy: average.plain, energyError: plainError, betweenChains: 0 };
};

/** Error of what is computed, as a share of it: the curvature at w* may not be that of where the chains are. */
const COMPUTED = 0.1;

/** How far the value goes to the plain average: all the way where the two differ by more than chance, as the control variates have seen too little. */
const awayOf = (average: CellAverage, isOfMany: boolean): number => {
  if (Math.abs(average.energy - average.plain) > MOST_GAP * plainErrorOf(average)) return 1;
  if (isOfMany) return 0;
  // Where trajectories are cut short the flat directions may be unexplored, and control variates would hide it: half-way.
  return average.truncations > MOST_CUT * average.draws ? 0.5 : 0;
};

/** Standard error of the value, what was computed and not measured included. */
export const wholeError = ({ value, energy, error }: Row): number =>
  hypotenuse(error, COMPUTED * Math.max(0, value - energy));

/** R-hat of chains that agree is above 1 by chance, the more the fewer their draws; and chains that disagree do so whatever their number. */
const MOST_HAT = 1.02;
const HAT_OF_FEW = 3;
const DISAGREE = 1.05;
/** Of fewer neither R-hat nor an error says much. */
const LEAST_ESS = 50;
/** Virials of many rows and blocks are looked at: in one of a hundred scans some go beyond by chance. */
const MOST_VIRIAL = 4.5;

/** Whether nothing speaks against the convergence of the chains. */
export const isConverged = ({ rHat, ess, virial }: Pick<Row, "rHat" | "ess" | "virial">): boolean =>
  rHat <= Math.min(DISAGREE, MOST_HAT + HAT_OF_FEW / ess) && ess >= LEAST_ESS && virial <= MOST_VIRIAL;

/** Share of its value to which a row is known that needs no more draws. */
const KNOWN = 0.02;

/** Whether chains have converged, or have explored enough of the flat directions to agree on a value with a small error, what they differ by included. */
export const isTrusted = (row: Row): boolean =>
  isConverged(row) || (row.virial <= MOST_VIRIAL && wholeError(row) <= KNOWN * row.value);
