import { exp, log } from "../numerics/elementary.ts";

/** Draws of one temperature: exp(-nBeta L) times the prior. */
export interface Rung {
  readonly nBeta: number;
  readonly losses: ArrayLike<number>;
  /** A whole number from 0 for each draw. */
  readonly classes: ArrayLike<number>;
}

/** What is expected at one temperature. */
export interface Expectation {
  /** Probability of each class, by its number. */
  readonly occupancy: Float64Array;
  readonly meanLoss: number;
}

/**
 * Expectations at any nBeta from draws at several, all of which are used: a draw with loss L counts
 *
 *     exp(-nBeta L) / sum_k N_k exp(f_k - nBeta_k L),   exp(-f_k) = sum over all draws of the same with nBeta = nBeta_k,
 *
 * where the f_k, free energies up to a constant, come by iteration.  [Shirts & Chodera 2008: multistate acceptance ratio]
 * Draws of nearly equal losses are taken together, so that an iteration costs thousands of exponentials, not millions. Good
 * between the lowest and the highest nBeta whose neighbours overlap.
 */
export const reweighting = (rungs: readonly Rung[], classes: number): ((nBeta: number) => Expectation) => {
  const groups = grouped(rungs, classes);
  const { size, loss, counts } = groups;
  const shares = new Float64Array(rungs.length);
  const minusLogMixture = freeEnergies(rungs, groups);
  return nBeta => {
    const occupancy = new Float64Array(classes);
    const exponents = minusLogMixture.map((value, g) => value - nBeta * loss[g]);
    const top = exponents.reduce((a, b) => Math.max(a, b), -Infinity);
    let total = 0;
    let lossSum = 0;
    shares.fill(0);
    for (let g = 0; g < size.length; g++) {
      const weight = exp(exponents[g] - top);
      total += weight * size[g];
      lossSum += weight * size[g] * loss[g];
      for (let k = 0; k < classes; k++) occupancy[k] += weight * counts[g * classes + k];
    }
    for (let k = 0; k < classes; k++) occupancy[k] /= total;
    return { occupancy, meanLoss: lossSum / total };
  };
};

interface Groups {
  /** Draws of each group, their mean loss, and how many of them are of each class (groups x classes). */
  readonly size: Float64Array;
  readonly loss: Float64Array;
  readonly counts: Float64Array;
}

const MOST_GROUPS = 3000;

/** All draws in the order of their losses, cut into groups of equal numbers. */
const grouped = (rungs: readonly Rung[], classes: number): Groups => {
  const total = rungs.reduce((sum, { losses }) => sum + losses.length, 0);
  const losses = new Float64Array(total);
  const kinds = new Float64Array(total);
  let at = 0;
  for (const rung of rungs) {
    losses.set(rung.losses, at);
    kinds.set(rung.classes, at);
    at += rung.losses.length;
  }
  const order = Uint32Array.from(losses, (_, i) => i).sort((a, b) => losses[a] - losses[b]);
  const groups = Math.min(total, MOST_GROUPS);
  const size = new Float64Array(groups);
  const loss = new Float64Array(groups);
  const counts = new Float64Array(groups * classes);
  order.forEach((draw, rank) => {
    const g = Math.floor((rank * groups) / total);
    size[g]++;
    loss[g] += losses[draw];
    counts[g * classes + kinds[draw]]++;
  });
  for (let g = 0; g < groups; g++) loss[g] /= size[g];
  return { size, loss, counts };
};

const MOST_ITERATIONS = 1000;
/** Of an iteration that changes no free energy by more than this there is little left to come. */
const SETTLED = 1e-6;

/** Solves for the free energies; returns -log sum_k N_k exp(f_k - nBeta_k L) of each group. */
const freeEnergies = (rungs: readonly Rung[], { size, loss }: Groups): Float64Array => {
  const count = rungs.length;
  // Thermodynamic integration between neighbours to begin with: df/dnBeta = E[L].
  const means = rungs.map(({ losses }) => Array.from(losses).reduce((sum, value) => sum + value, 0) / losses.length);
  const f = new Float64Array(count);
  for (let k = 1; k < count; k++)
    f[k] = f[k - 1] + 0.5 * (means[k] + means[k - 1]) * (rungs[k].nBeta - rungs[k - 1].nBeta);
  const logDraws = rungs.map(({ losses }) => log(losses.length));
  const minusLogMixture = new Float64Array(size.length);
  const terms = new Float64Array(count);
  const sums = new Float64Array(count);
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    sums.fill(0);
    for (let g = 0; g < size.length; g++) {
      let top = -Infinity;
      for (let k = 0; k < count; k++) {
        terms[k] = logDraws[k] + f[k] - rungs[k].nBeta * loss[g];
        if (terms[k] > top) top = terms[k];
      }
      let mixture = 0;
      for (let k = 0; k < count; k++) {
        terms[k] = exp(terms[k] - top);
        mixture += terms[k];
      }
      minusLogMixture[g] = -top - log(mixture);
      // How many draws the mixture gives each temperature; as many as it has when f is right.
      for (let k = 0; k < count; k++) sums[k] += (size[g] * terms[k]) / mixture;
    }
    let change = 0;
    for (let k = 0; k < count; k++) {
      const step = logDraws[k] - log(sums[k]);
      sums[k] = step;
      change = Math.max(change, Math.abs(step - sums[0]));
    }
    if (change < SETTLED) break;
    for (let k = 0; k < count; k++) f[k] += sums[k] - sums[0];
  }
  return minusLogMixture;
};
