import { isLandauError, LandauError } from "../../errors.ts";
import { exp, log } from "../../numerics/elementary.ts";
import { MOST_SINGLE } from "./blocks.ts";
import { type Cell, cellAt } from "./cell.ts";
import { agree, climbs, escapes, exceeds, falls } from "./compared-rows.ts";
import { ENOUGH_COLDER } from "./conclude-cooled.ts";
import { extended, FIRST_DRAWS, MOST_DRAWS, run, settledRow } from "./cooled-run.ts";
import { couplingAt } from "./coupling.ts";
import { floorOf } from "./curvature.ts";
import { firstGamma } from "./first-gamma.ts";
import { affordable, type Problem } from "./problem.ts";
import { BELOW } from "./proposal.ts";
import { isTrusted, type Row, wholeError } from "./row.ts";
import { FELT, type Scan } from "./scan.ts";
import { valleyFloor } from "./valley-floor.ts";

export interface CoolingSettings {
  readonly seed: number;
  readonly chains: number;
  /** n, where the scan begins. */
  readonly nBeta: number;
  /** The largest nBeta to go to, and where a localiser must be very strong. */
  readonly coldest: number;
  readonly coldestEver: number;
  /** Calls of the problem in all. */
  readonly budget: number;
  readonly stepSize?: number;
  /** The localiser at which flat directions of high degree would be felt at n; FELT when absent. */
  readonly felt?: number;
}

export interface Cooling extends Scan {
  /** Runs on the cell of one of the last rows, one that has not converged or the one that is known worst; false when that is all that can be done. */
  refine(): boolean;
  /** Whether the last rows have converged, and each is known to this share. */
  isKnownTo(share: number): boolean;
}

/** Steps of a burn-in, of which there are two where chains come from a warmer place; a short one where the budget, smaller for many parameters, allows no more. */
const BURN_IN = 48;
const SHORT_BURN_IN = 32;
const AMPLE = 9e5;
/** From one temperature to the next, and where rows agree with nothing to come. */
const COOLING = 32;
const LEAP_COOLING = 4096;
/** How often the localiser is weakened before nBeta is raised, and how often where it cannot be raised to the coldest. */
const OPENINGS = 3;
const MOST_WEAKER = 11;
/** From one localiser to the next, and where rows agree that curved directions alone explain. */
const FACTOR = 4;
const LEAP = 16;
/** How much stronger the localiser is made where chains leave for a deeper minimum, and how often. */
const RESTART = 16;
const MOST_RESTARTS = 4;
/** The same at larger nBeta: by 16 cubed, as a length by 64, about the fourth root of the largest factor of nBeta. */
const MOST_STRONGER = 3;
/** How much stronger localisers are that are looked at in the end; and rows of theirs that say enough. */
const NEAREST = 65_536;
const NEARER = [256, NEAREST];
const FEWEST = 4;
/** A level this close to half the rank, relatively, is explained by it. */
const AT_FLOOR = 0.05;
/** Of the last rows one is run on. */
const REFINED = 6;
/** Share of the budget that is kept for running on rows that were seen, of an ample one and of others; all of it goes into colder ones until they tell a law. */
const KEPT = 0.3;
const KEPT_OF_LITTLE = 0.1;

/**
 * For a loss without the noise of samples: from a localiser at which K is felt at nBeta = n to larger nBeta, as far as K can be resolved. By homogeneity
 * a larger nBeta does near w* what a weaker localiser does; but it keeps the chains near w*, where a weaker localiser lets them go to where K has another shape.
 *
 * Where curved directions explain all that is felt, flat ones of high degree may not be felt yet: then the localiser is weakened in the end.
 */
export const cool = (problem: Problem, settings: CoolingSettings): Cooling => {
  const { seed, chains, nBeta, coldest, coldestEver, budget, stepSize, felt = FELT } = settings;
  const isAmple = budget >= AMPLE;
  const firstDraws = isAmple ? FIRST_DRAWS : FIRST_DRAWS / 4;
  const rows: Row[] = [];
  const cells: Cell[] = [];
  const atPoint: readonly Float64Array[] = Array.from({ length: chains }, () => problem.at.slice());
  let starts = atPoint;
  let within = 0;
  let settled = false;
  let nearer: Row | undefined;
  const floor = floorOf(problem.curvature);
  // For more parameters both would take more than they give.
  const coupling = problem.size <= MOST_SINGLE ? couplingAt(problem, firstGamma(problem, nBeta, seed)) : undefined;
  const atFloor = (row: Row) => row.value - floor < AT_FLOOR * floor + 2 * wholeError(row);
  // Of degree 6: K ~ w^6 is felt where nBeta is gamma^3 times some number.
  const mayHide = (row: Row) =>
    2 * floor < problem.size && atFloor(row) && row.gamma > felt * exp(log(row.nBeta / nBeta) / 3);

  /** Undefined where the loss falls without end, or, beyond nBeta = n, where no chain can move. */
  const cellOf = (t: number, gamma: number, most: number): { row: Row; cell: Cell } | undefined => {
    const before = cells.at(-1);
    const known = before && problem.size <= MOST_SINGLE ? { floor: valleyFloor(problem, t), coupling } : {};
    const own = {
      seed,
      nBeta: t,
      gamma,
      burnIn: isAmple ? BURN_IN : SHORT_BURN_IN,
      stepSize,
      ...known,
    };
    try {
      const cooled =
        before && isAmple
          ? cellAt(problem, { ...own, starts, learnt: nextOf(before.learnt), stage: " cooled" })
          : undefined;
      // The curvature where chains were before says little of that where they fall to.
      const cell = cellAt(problem, {
        ...own,
        starts: cooled?.ends() ?? starts,
        learnt: cooled?.learnt ?? (before ? nextOf(before.learnt) : []),
      });
      return { row: run(problem, cell, most, firstDraws), cell };
    } catch (error) {
      if (isLandauError(error, "diverged") && (error.message === BELOW || t > nBeta)) return undefined;
      throw error;
    }
  };

  /** What stronger localisers show at the coldest temperature, if it is more than the last row does: then that one reaches another phase, of a smaller lambda. */
  const seenNearer = (): Row | undefined => {
    const last = rows[within - 1];
    if (!isAmple || !(last?.nBeta >= coldest)) return undefined;
    for (const factor of NEARER) {
      const own = { seed, nBeta: last.nBeta, gamma: factor * last.gamma, burnIn: BURN_IN, stepSize };
      const row = run(problem, cellAt(problem, { ...own, starts: atPoint, learnt: [], stage: " nearer" }), MOST_DRAWS);
      if (row.unconverged === undefined && !row.apart && exceeds(row, last)) return row;
    }
    return undefined;
  };

  const walk = (): Scan["ended"] => {
    const ended = ladder({ gamma: firstGamma(problem, nBeta, seed), from: nBeta, to: coldest, opened: 0 });
    nearer = affordable(seenNearer);
    if (nearer === undefined) return ended;
    const farther = { rows: rows.splice(0), cells: cells.splice(0), within };
    starts = atPoint;
    within = 0;
    settled = false;
    const gamma = NEAREST * farther.rows[farther.within - 1].gamma;
    const near = { gamma, from: nBeta * NEAREST, to: coldestEver, opened: OPENINGS };
    const again = affordable(() => ladder(near)) ?? "budget";
    if (within >= FEWEST) nearer = undefined;
    else {
      rows.splice(0, rows.length, ...farther.rows);
      cells.splice(0, cells.length, ...farther.cells);
      within = farther.within;
    }
    return again;
  };

  /** Rows from a localiser and a temperature on. */
  const ladder = (way: { gamma: number; from: number; to: number; opened: number }): Scan["ended"] => {
    const { from, opened } = way;
    let { gamma, to } = way;
    let t = from;
    let limit = to;
    let [weaker, flat, restarts, stronger] = [opened, 0, 0, 0];
    for (;;) {
      const opens = weaker < OPENINGS;
      const seen = cellOf(t, gamma, opens ? firstDraws : MOST_DRAWS);
      const isApart = t > nBeta && seen?.row.apart === true && stronger < MOST_STRONGER;
      if (seen === undefined || falls(seen.row) || isApart) {
        if (t > nBeta) {
          if ((t === limit && limit < to) || (rows.length === 0 && stronger === MOST_STRONGER)) return "weakest";
          // To this precision there is a deeper place within reach, or another phase. A stronger localiser keeps the chains from it, and is felt as one was at n.
          if (stronger < MOST_STRONGER) {
            stronger++;
            starts = atPoint;
            gamma *= RESTART;
            continue;
          }
          // w* is not the minimum to that precision: what is left is a weaker localiser.
          const last = rows[rows.length - 1];
          t = limit = last.nBeta;
          gamma = last.gamma / FACTOR;
          weaker = MOST_WEAKER - OPENINGS;
          continue;
        }
        // At n there is a deeper minimum not far away: a stronger localiser keeps the chains here.
        if (++restarts > MOST_RESTARTS) {
          if (seen === undefined) throw new LandauError("diverged", BELOW);
          rows.push(seen.row);
          cells.push(seen.cell);
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
      const previous = rows[rows.length - 1];
      rows.push(row);
      cells.push(cell);
      if ((row.unconverged !== undefined && !opens) || (row.apart && t > nBeta)) return "unconverged";
      if (previous && escapes(previous, row)) {
        if (gamma === previous.gamma) return "escape";
        // Near w* a larger nBeta shows what a weaker localiser does not.
        rows.pop();
        cells.pop();
        weaker = OPENINGS;
        gamma = previous.gamma * FACTOR;
        t = nBeta * COOLING;
        continue;
      }
      within = rows.length;
      if (t >= ENOUGH_COLDER * nBeta) problem.allow((1 - (isAmple ? KEPT : KEPT_OF_LITTLE)) * budget);
      // From far apart: half of the chains begin at the point, and half where those ended that began there a temperature before.
      starts = nextOf(cell.ends()).map((end, chain) => (isFromPoint(chain) ? problem.at.slice() : end));
      flat = previous && agree(previous, row) ? flat + 1 : 0;
      settled ||= flat >= 2;
      // Curved directions alone explain what a weak localiser shows: a larger nBeta shows the same, from chains in narrower valleys.
      if (flat >= 2 && atFloor(row) && !mayHide(row)) return "plateau";
      // Directions of high degree are felt late: where there is more to come, as cold as can be.
      if (t === to && !opens && previous && climbs(previous, row)) to = limit = coldestEver;
      if (t < limit && !opens) t = Math.min(limit, t * (flat >= 2 && !mayHide(row) ? LEAP_COOLING : COOLING));
      else {
        if (flat >= 2 && !mayHide(row)) return "plateau";
        const reached = limit === to && (stronger > 0 || !mayHide(row));
        if (weaker >= (reached ? OPENINGS : MOST_WEAKER)) return "weakest";
        gamma /= flat >= 2 ? LEAP : FACTOR;
        weaker++;
      }
    }
  };
  const trusted = () => rows.slice(0, within);

  const ended = affordable(walk) ?? "budget";
  problem.allow(budget);
  return {
    get rows() {
      return [...trusted(), ...rows.slice(within)];
    },
    warmer: [],
    get within() {
      return within;
    },
    get settled() {
      return settled;
    },
    get nearer() {
      return nearer;
    },
    get held() {
      return within > 0 && mayHide(rows[within - 1]);
    },
    ended,
    get traces() {
      return within > 0 ? cells[within - 1].series.map(({ energy }) => Float64Array.from(energy)) : [];
    },
    isKnownTo: share =>
      trusted()
        .slice(-REFINED)
        .every(row => isTrusted(row) && row.energyError <= share * row.value),
    refine() {
      if (within === 0) return false;
      const needs = trusted().map((row, i) =>
        i < within - REFINED || cells[i].draws >= MOST_DRAWS
          ? 0
          : row.energyError / row.value + (isTrusted(row) ? 0 : 1),
      );
      const worst = needs.indexOf(Math.max(...needs));
      const cell = cells[worst];
      if (cell.draws >= MOST_DRAWS) return false;
      const enough = extended(cell, cell.draws);
      rows[worst] = settledRow(problem, cell);
      // What a few draws did not meet more may.
      if (falls(rows[worst])) within = worst;
      return enough;
    },
  };
};

const isFromPoint = (chain: number): boolean => chain % 2 === 1;

/** What each chain goes on from: those that do not begin at the point from one that did. */
const nextOf = <T>(chains: readonly T[]): readonly T[] =>
  chains.map((own, chain) => (isFromPoint(chain) ? own : (chains[chain + 1] ?? own)));
