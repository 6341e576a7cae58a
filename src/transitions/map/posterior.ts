import { normalBelow } from "../../numerics/normal-law.ts";
import type { Neighbours } from "./neighbours.ts";
import { type Kernel, type Latent, probitProcess } from "./probit-process.ts";
import type { Tally } from "./tally.ts";

/** Nearest cells with runs that say what a cell is; fewer do where all of them agree. */
const POOLED = 24;
const AGREEING = 10;

/** Probabilities of phases in all cells. */
export interface Posterior {
  /** probabilities[label][cell]: that most runs at a cell end in a phase. */
  readonly probabilities: readonly Float64Array[];
  /** Of each cell: square of the distance to the farthest cell that was asked. */
  readonly reach: Float64Array;
  readonly labels: readonly string[];
  readonly kernel: Kernel;
}

/** A posterior that is known, and the cells that have new votes since. */
export interface Before {
  readonly posterior: Posterior;
  readonly changed: readonly number[];
}

/** Each cell from the nearest cells with runs; where runs are exact, cells that have some from these alone. Of an earlier posterior with the same kernel and phases, cells that no new vote can reach are kept. */
export const posterior = (
  tally: Tally,
  near: Neighbours,
  kernel: Kernel,
  exact: boolean,
  before?: Before,
): Posterior => {
  const { grid, labels, counts, totals } = tally;
  const size = grid.columns * grid.rows;
  if (labels.length === 1)
    return {
      probabilities: [new Float64Array(size).fill(1)],
      reach: new Float64Array(size).fill(Infinity),
      labels,
      kernel,
    };
  const known =
    before?.posterior.kernel === kernel && before.posterior.labels.join("\n") === labels.join("\n")
      ? before
      : undefined;
  const probabilities =
    known?.posterior.probabilities.map(each => each.slice()) ?? labels.map(() => new Float64Array(size));
  const reach = known?.posterior.reach.slice() ?? new Float64Array(size).fill(Infinity);
  const nearest = near.among(totals);
  for (let cell = 0; cell < size; cell++) {
    if (known && !known.changed.some(other => near.square(cell, other) <= reach[cell])) continue;
    const from = nearest(cell, POOLED, true);
    reach[cell] = from.length < POOLED ? Infinity : near.square(cell, from[from.length - 1]);
    const shares =
      exact && totals[cell] > 0
        ? counts.map(count => count[cell] / totals[cell])
        : sharesAt(tally, near, cell, from, kernel, ofMajority);
    shares.forEach((share, k) => {
      probabilities[k][cell] = share;
    });
  }
  return { probabilities, reach, labels, kernel };
};

/**
 * Boundaries of phases are smoother than a Gaussian process of the same length scale has them: widths of its posterior are that much too large, as measured on
 * maps of known phases [docs/phase-maps.md].
 */
const SMOOTHER = 1.35;

/** That most runs end in a phase. */
const ofMajority = ({ mean, variance }: Latent): number => normalBelow((SMOOTHER * mean) / Math.sqrt(variance));
/** That one run does. */
export const ofVote = ({ mean, variance }: Latent): number => normalBelow(mean / Math.sqrt(1 + variance));

/**
 * Share of each phase at a cell, from the votes of the cells that are listed, nearest first. Phases that have none of the nearest cells have no share, but for what
 * is left when one phase has all of these. Two phases that meet are told apart by their own votes; of three and more each stands against all others.
 */
export const sharesAt = (
  { grid: { columns }, labels, counts, totals }: Tally,
  near: Neighbours,
  cell: number,
  from: readonly number[],
  kernel: Kernel,
  shareOf: (latent: Latent) => number,
): readonly number[] => {
  const [x, y] = [cell % columns, Math.floor(cell / columns)];
  const against = (k: number, cells: readonly number[], others: (cell: number) => number): number => {
    const points = cells.map(other => ({
      x: (other % columns) - x,
      y: Math.floor(other / columns) - y,
      yes: counts[k][other],
      no: others(other),
    }));
    return shareOf(
      probitProcess(
        points.filter(({ yes, no }) => yes + no > 0),
        kernel,
      ),
    );
  };
  const allOthers = (k: number) => (other: number) => totals[other] - counts[k][other];
  const closest = near.closest(cell, from, AGREEING);
  const present = labels.map((_, k) => k).filter(k => closest.some(other => counts[k][other] > 0));
  const shares = labels.map(() => 0);
  if (present.length === 1) {
    const share = against(present[0], closest, allOthers(present[0]));
    shares.fill((1 - share) / (labels.length - 1));
    shares[present[0]] = share;
    return shares;
  }
  if (present.length === 2) {
    const [one, two] = present;
    const share = against(one, from, other => counts[two][other]);
    shares[one] = share;
    shares[two] = 1 - share;
    return shares;
  }
  let sum = 0;
  for (const k of present) {
    shares[k] = against(k, from, allOthers(k));
    sum += shares[k];
  }
  return shares.map(share => share / sum);
};
