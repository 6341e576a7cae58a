import { type Finding, type Health, healthFrom } from "../../contracts/health.ts";
import type { Objective } from "../../contracts/objective.ts";
import { invalid } from "../../errors.ts";
import { essBulk } from "../../sampling/diagnostics/effective-sample-size.ts";
import { rHat } from "../../sampling/diagnostics/r-hat.ts";
import { cellAt } from "../estimate/cell.ts";
import { inLengths, ownLengths } from "../estimate/own-lengths.ts";
import { problemAt } from "../estimate/problem.ts";
import { controlledMeans } from "./controlled-means.ts";
import { type Means, type Measured, ofMeans } from "./of-means.ts";
import { type SteinControls, steinControls } from "./stein-controls.ts";

export interface LocalDrawsOptions {
  /** n times the inverse temperature. */
  readonly nBeta: number;
  /** Pull towards the point: exp(-gamma |w - w*|^2 / 2). */
  readonly gamma: number;
  /** 0 when absent. */
  readonly seed?: number;
  /** 4 when absent. */
  readonly chains?: number;
  /** Of each chain; 1000 when absent. */
  readonly draws?: number;
  /** Called with the share of the draws that are made. */
  progress?(share: number): void;
}

/** Functions of the parameters that are looked at: `write` overwrites `count` numbers. */
export interface Observables {
  readonly count: number;
  write(w: Float64Array, out: Float64Array): void;
}

/** Observables at draws of exp(-nBeta K - gamma |w - w*|^2 / 2), and what is made of them. Indices are those of the observables. */
export interface LocalDraws {
  readonly chains: number;
  readonly draws: number;
  /** Of one observable, by chain. */
  series(index: number): Float64Array[];
  mean(index: number): Measured;
  covariance(one: number, other: number): Measured;
  /** kappa_3: the third joint cumulant. */
  cumulant3(one: number, two: number, three: number): Measured;
  /** R-hat and effective draws of the observables named, all when absent: whether the errors above can be trusted. */
  health(indices?: readonly number[]): Health<"agreement" | "effective draws">;
}

const BURN_IN = 200;
const LEAST = { rHat: 1.05, ess: 100 };

/**
 * Draws around a minimum by chains that accept or refuse, with steps from the curvature there: no bias from a step size. Errors are those of a jackknife
 * over blocks of draws. Throws a LandauError of kind "input" for bad arguments and of kind "diverged" where the loss is not finite.
 */
export const localDraws = (
  objective: Objective,
  at: Float64Array,
  observables: Observables,
  options: LocalDrawsOptions,
): LocalDraws => {
  const { nBeta, gamma, seed = 0, chains = 4, draws = 1000, progress } = options;
  if (!(nBeta > 0 && nBeta < Infinity)) throw invalid("nBeta", nBeta, "a positive number");
  if (!(gamma > 0 && gamma < Infinity)) throw invalid("gamma", gamma, "a positive number");
  if (!(Number.isSafeInteger(chains) && chains >= 2)) throw invalid("chains", chains, "a whole number from 2");
  if (!(Number.isSafeInteger(draws) && draws >= 64)) throw invalid("draws", draws, "a whole number from 64");
  const { lengths } = ownLengths(objective, at, nBeta);
  const scaled = inLengths(objective, at, lengths);
  const problem = problemAt(scaled.objective, scaled.at);
  const starts = Array.from({ length: chains }, () => problem.at);
  const cell = cellAt(problem, { seed, nBeta, gamma, starts, burnIn: BURN_IN });
  const { count } = observables;
  const centre = new Float64Array(count);
  observables.write(at, centre);
  const seen = Array.from({ length: chains }, () => new Float64Array(draws * count));
  const { size } = objective;
  const controls = steinControls(size);
  const [moves, slopes] = [0, 0].map(() => new Float64Array(controls.count > 0 ? chains * draws * size : 0));
  const [w, slope] = [new Float64Array(size), new Float64Array(size)];
  for (let draw = 0; draw < draws; draw++) {
    cell.extend(1);
    cell.ends().forEach((point, chain) => {
      for (let i = 0; i < w.length; i++) w[i] = lengths[i] * point[i];
      const out = seen[chain].subarray(draw * count, (draw + 1) * count);
      observables.write(w, out);
      // Around the point, so that products of small numbers are not lost in large ones.
      for (let k = 0; k < count; k++) out[k] -= centre[k];
      if (controls.count === 0) return;
      objective.lossAndGradient(w, slope);
      const row = (chain * draws + draw) * size;
      for (let i = 0; i < size; i++) {
        const off = w[i] - at[i];
        moves[row + i] = off;
        slopes[row + i] = nBeta * slope[i] + (gamma * off) / (lengths[i] * lengths[i]);
      }
    });
    progress?.((draw + 1) / draws);
  }
  const meansOf = controlledMeans(controlValues(controls, moves, slopes, size), { chains, draws });
  const value = (chain: number, draw: number, index: number): number => seen[chain][draw * count + index];
  const series = (index: number): Float64Array[] =>
    seen.map((_, chain) => Float64Array.from({ length: draws }, (_, draw) => value(chain, draw, index)));
  /** Means of features of every draw, freed of what the controls explain. */
  const meansBy = (features: number, write: (chain: number, draw: number, out: Float64Array) => void): Means => {
    const all = new Float64Array(chains * draws * features);
    for (let chain = 0; chain < chains; chain++)
      for (let draw = 0; draw < draws; draw++) {
        const row = (chain * draws + draw) * features;
        write(chain, draw, all.subarray(row, row + features));
      }
    return meansOf(all);
  };
  return {
    chains,
    draws,
    series,
    mean(index) {
      const means = meansBy(1, (chain, draw, out) => {
        out[0] = value(chain, draw, index);
      });
      return ofMeans(means, ([mean]) => centre[index] + mean);
    },
    covariance(one, other) {
      const means = meansBy(3, (chain, draw, out) => {
        const [a, b] = [value(chain, draw, one), value(chain, draw, other)];
        out[0] = a;
        out[1] = b;
        out[2] = a * b;
      });
      return ofMeans(means, ([a, b, ab]) => ab - a * b);
    },
    cumulant3(one, two, three) {
      const means = meansBy(7, (chain, draw, out) => {
        const [a, b, c] = [one, two, three].map(index => value(chain, draw, index));
        out.set([a, b, c, a * b, a * c, b * c, a * b * c]);
      });
      return ofMeans(means, ([a, b, c, ab, ac, bc, abc]) => abc - a * bc - b * ac - c * ab + 2 * a * b * c);
    },
    health(indices = Array.from({ length: count }, (_, index) => index)) {
      return healthOf(indices.map(series));
    },
  };
};

/** Controls at every draw, in units of the spread of each parameter. */
const controlValues = (
  controls: SteinControls,
  moves: Float64Array,
  slopes: Float64Array,
  size: number,
): Float64Array => {
  const draws = moves.length / size;
  const spread = Float64Array.from({ length: size }, (_, i) => {
    let squares = 0;
    for (let draw = 0; draw < draws; draw++) squares += moves[draw * size + i] * moves[draw * size + i];
    return Math.sqrt(squares / draws) || 1;
  });
  const values = new Float64Array(draws * controls.count);
  const [u, slope] = [new Float64Array(size), new Float64Array(size)];
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < size; i++) {
      u[i] = moves[draw * size + i] / spread[i];
      slope[i] = slopes[draw * size + i] * spread[i];
    }
    controls.write(u, slope, values.subarray(draw * controls.count, (draw + 1) * controls.count));
  }
  return values;
};

const healthOf = (all: readonly Float64Array[][]): Health<"agreement" | "effective draws"> => {
  let [worst, least] = [0, Infinity];
  for (const chains of all) {
    const [hat, effective] = [rHat(chains), essBulk(chains)];
    if (hat.kind === "value") worst = Math.max(worst, hat.value);
    if (effective.kind === "value") least = Math.min(least, effective.value);
  }
  const agreement: Finding<"agreement"> =
    worst <= LEAST.rHat
      ? { name: "agreement", outcome: "good", value: worst, text: `R-hat is at most ${worst.toFixed(3)}` }
      : {
          name: "agreement",
          outcome: "doubtful",
          value: worst,
          text: `the chains disagree (R-hat ${worst.toFixed(2)}): more draws, or a larger gamma that holds them in one phase`,
        };
  const effective: Finding<"effective draws"> =
    least >= LEAST.ess
      ? {
          name: "effective draws",
          outcome: "good",
          value: least,
          text: `${Math.round(least)} effective draws at least`,
        }
      : {
          name: "effective draws",
          outcome: "doubtful",
          value: least,
          text: `${Math.round(least)} effective draws, fewer than ${LEAST.ess}: more draws`,
        };
  return healthFrom([agreement, effective]);
};
