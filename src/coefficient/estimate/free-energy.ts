import { type Estimate, type Finding, healthFrom } from "../../contracts/health.ts";
import type { Objective } from "../../contracts/objective.ts";
import { invalid } from "../../errors.ts";
import { exp, log } from "../../numerics/elementary.ts";
import { cellAt } from "./cell.ts";
import { averageOf, type CellAverage } from "./cell-average.ts";
import { convergence } from "./findings.ts";
import { samplesOf } from "./learning-coefficient.ts";
import { problemAt } from "./problem.ts";

export interface FreeEnergyOptions {
  /** Precision of the normal prior around w*. */
  readonly gamma: number;
  /** n, for an objective that does not say it. */
  readonly samples?: number;
  /** n when absent. */
  readonly nBeta?: number;
  /** 0 when absent. */
  readonly seed?: number;
  /** 4 when absent. */
  readonly chains?: number;
  /** Draws per chain at each temperature. 256 when absent. */
  readonly draws?: number;
  /** Temperatures in each decade. 4 when absent. */
  readonly perDecade?: number;
}

/** Its value is -log of the evidence, nBeta L(w*) + int_0^nBeta <K>_t dt, in nats; its error that of chains and quadrature together. */
export interface FreeEnergy extends Estimate<"convergence" | "quadrature"> {
  readonly standardError: number;
  /** n <L> at nBeta = n / log n, which estimates the same without an integral; and its error.  [Watanabe 2013] */
  readonly wbic: { readonly value: number; readonly standardError: number };
  /** t <K>_t and d / d log t of it, at each temperature t. */
  readonly curve: readonly {
    readonly t: number;
    readonly energy: number;
    readonly error: number;
    readonly slope: number;
  }[];
}

/**
 * The free energy of the posterior under a normal prior of precision gamma around w*, by thermodynamic integration,
 *
 *     F(nBeta) = -log E_prior exp(-nBeta L) = nBeta L(w*) + int E(t) d log t,   E(t) = t <K>_t,   dE / d log t = E - Var(t K),
 *
 * over a ladder of t by Hermite's rule, which uses the slopes; its error is bounded by a third of what changes
 * on the ladder with every other rung left out.
 * [Kirkwood 1935; Gelman & Meng 1998]
 */
export const freeEnergy = (objective: Objective, at: Float64Array, options: FreeEnergyOptions): FreeEnergy => {
  const { gamma, seed = 0, chains = 4, draws = 256, perDecade = 4 } = options;
  if (!(gamma > 0 && gamma < Infinity))
    throw invalid("gamma", gamma, "a positive number: the prior must have an integral");
  if (!(Number.isSafeInteger(draws) && draws >= 16)) throw invalid("draws", draws, "a whole number from 16");
  if (!(Number.isSafeInteger(perDecade) && perDecade >= 1))
    throw invalid("perDecade", perDecade, "a whole number from 1");
  const nBeta = options.nBeta ?? samplesOf(objective, options.samples);
  if (!(nBeta > 0 && nBeta < Infinity)) throw invalid("nBeta", nBeta, "a positive number");
  const problem = problemAt(objective, at);
  let starts: readonly Float64Array[] = Array.from({ length: chains }, () => problem.at);
  const averageAt = (t: number): CellAverage => {
    const cell = cellAt(problem, { seed, nBeta: t, gamma, starts, burnIn: 80 });
    cell.extend(draws);
    starts = cell.ends();
    return averageOf(cell);
  };
  const spacing = Math.LN10 / perDecade;
  const averages: CellAverage[] = [];
  // Downwards, an even number of intervals, until E is small and falls in proportion to t.
  for (let k = 0; k < MOST_RUNGS; k++) {
    const average = averageAt(nBeta * exp(-k * spacing));
    averages.push(average);
    if (k % 2 === 0 && k > 1 && average.energy < SMALL) break;
  }
  averages.reverse();
  const integral = (nodes: readonly CellAverage[], h: number): number => {
    let sum = 0;
    for (let k = 0; k + 1 < nodes.length; k++) {
      const [a, b] = [nodes[k], nodes[k + 1]];
      sum += 0.5 * h * (a.energy + b.energy) + (h * h * (a.slope - b.slope)) / 12;
    }
    // Below the first rung E is proportional to t, up to its own square.
    return sum + nodes[0].energy + 0.5 * (nodes[0].energy - nodes[0].slope);
  };
  const fine = integral(averages, spacing);
  const coarse = integral(
    averages.filter((_, k) => k % 2 === 0),
    2 * spacing,
  );
  const rounding = (fine - coarse) / 3;
  const noise = averages.reduce((sum, { energyError, slopeError }, k) => {
    const [first, last] = [k === 0, k === averages.length - 1];
    // The first rung stands for all below it, too: 3/2 of its energy less 1/2 of its slope. Slopes in between cancel.
    const weight = (first || last ? 0.5 * spacing : spacing) + (first ? 1.5 : 0);
    const bend = (first || last ? (spacing * spacing) / 12 : 0) - (first ? 0.5 : 0);
    const [a, b] = [weight * energyError, bend * slopeError];
    return sum + a * a + b * b;
  }, 0);
  const n = samplesOf(objective, options.samples ?? nBeta);
  const wbic = averageAt(n / log(n));
  return {
    value: nBeta * problem.baseline + fine,
    standardError: Math.sqrt(noise + rounding * rounding),
    wbic: { value: n * problem.baseline + log(n) * wbic.energy, standardError: log(n) * wbic.energyError },
    health: healthFrom([convergence(averages), quadrature(Math.abs(rounding), Math.sqrt(noise))]),
    curve: averages.map(({ nBeta: t, energy, energyError: error, slope }) => ({ t, energy, error, slope })),
  };
};

const quadrature = (rounding: number, noise: number): Finding<"quadrature"> => {
  const text = `the integral over temperatures is off by about ${rounding.toPrecision(2)}, the noise of the chains is ${noise.toPrecision(2)}`;
  const isFine = rounding <= noise;
  return {
    name: "quadrature",
    outcome: isFine ? "good" : "doubtful",
    value: rounding,
    text: isFine ? text : `${text}: give more temperatures in each decade (perDecade)`,
  };
};

const MOST_RUNGS = 121;
const SMALL = 0.01;
