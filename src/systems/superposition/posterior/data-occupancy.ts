import { LandauError } from "../../../errors.ts";
import { log } from "../../../numerics/elementary.ts";
import { line, lineFit } from "../../../numerics/line-fit.ts";
import { mean, variance } from "../../../numerics/statistics.ts";
import { stream } from "../../../numerics/stream.ts";
import { localSamplers, temperedRun } from "../../../protocols/tempered-run.ts";
import { type Dataset, drawDataset } from "../model/dataset.ts";
import { empiricalObjective } from "../model/empirical.ts";
import { classOfDraw, verticesOf } from "./draw-class.ts";
import { populationCrossing } from "./population-curve.ts";

/** Posteriors exp(-kappa n L_n(w)) N(w; 0, priorStd^2 I) over independent datasets of n samples. */
export interface DataPosterior {
  readonly c: number;
  readonly n: number;
  readonly kappa: number;
  readonly priorStd: number;
  /** Columns up to this length are no hull vertices. */
  readonly hullTol: number;
  /** Datasets asked for; at least `LEAST_DATASETS` are taken. */
  readonly datasets: number;
  readonly seed: number;
}

/**
 * Datasets differ by 0.1 to 0.2 in their occupancies, chains of this length by 0.05: many datasets with short chains make the
 * smallest error of the mean, here about 0.02 before and 0.01 after the regression below.
 */
const LEAST_DATASETS = 48;
const DRAWS = 500;
const BURN_IN = 250;
/** nBeta of the hottest temperature: the phases still mix there by themselves. */
const HOTTEST = 40;
/** Temperatures for each doubling of nBeta from there: swaps are accepted half of the time. */
const RUNGS_PER_DOUBLING = 1.8;
const LEAPFROG_STEPS = 16;

export interface DataOccupancy {
  /** Mean over datasets of the occupancy of each number of hull vertices, and its standard error. */
  readonly occupancy: Float64Array;
  readonly standardError: Float64Array;
}

const made = new Map<string, DataOccupancy>();

/** Datasets that are drawn, not sampled from, for the mean of `rarestSquares`. */
const MORE_DATASETS = 2000;

/**
 * The sum of squared amplitudes of the feature that has least of it: what a posterior gives up when it leaves a feature out. Four fifths of
 * the variance of the occupancies between datasets go with it.
 */
const rarestSquares = ({ c, feature, amplitude }: Dataset): number => {
  const squares = new Float64Array(c);
  feature.forEach((j, m) => {
    squares[j] += amplitude[m] * amplitude[m];
  });
  return squares.reduce((least, value) => Math.min(least, value));
};

/**
 * Occupancies averaged over datasets, each moved along its regression on `rarestSquares` from the mean of the datasets sampled to that of
 * many more (a control variate). Datasets of one seed are nested: a larger n adds samples
 * to those of a smaller.
 */
export const dataOccupancy = (posterior: DataPosterior): DataOccupancy => {
  const key = JSON.stringify(posterior);
  let occupancy = made.get(key);
  if (!occupancy) {
    occupancy = sampledOccupancy(posterior);
    made.set(key, occupancy);
  }
  return occupancy;
};

const sampledOccupancy = ({ c, n, kappa, priorStd, hullTol, datasets, seed }: DataPosterior): DataOccupancy => {
  const members = Math.max(datasets, LEAST_DATASETS);
  const shares = Array.from({ length: c + 1 }, () => new Float64Array(members));
  const nBeta = kappa * n;
  const hottest = Math.min(0.5, HOTTEST / nBeta);
  const rungs = 3 + Math.round((-RUNGS_PER_DOUBLING * log(hottest)) / Math.LN2);
  const covariate = new Float64Array(members);
  for (let chain = 0; chain < members; chain++) {
    const dataset = drawDataset(stream({ seed, chain, purpose: "dataset" }), { c, n });
    covariate[chain] = rarestSquares(dataset);
    const run = temperedRun({
      objective: empiricalObjective(dataset, 2),
      nBeta,
      priorStd,
      classOf: w => classOfDraw(w, c, hullTol),
      rungs,
      hottest,
      local: localSamplers.hmc(LEAPFROG_STEPS),
      burnIn: BURN_IN,
      draws: DRAWS,
      random: purpose => stream({ seed, chain, purpose: `data posterior ${purpose}` }),
    });
    run.advance(DRAWS);
    for (const kind of run.classes[rungs - 1]) shares[verticesOf(kind, c)][chain] += 1 / DRAWS;
  }
  const more = Float64Array.from({ length: MORE_DATASETS }, (_, i) =>
    rarestSquares(drawDataset(stream({ seed, chain: members + i, purpose: "dataset" }), { c, n })),
  );
  const estimates = shares.map(share => regressionEstimate(share, covariate, mean(more)));
  return {
    occupancy: Float64Array.from(estimates, ({ value }) => Math.min(1, Math.max(0, value))),
    standardError: Float64Array.from(estimates, ({ standardError }) => standardError),
  };
};

/** Where the line of least squares through (x, y) is at the known mean of x: the mean of y with less noise. */
const regressionEstimate = (y: Float64Array, x: Float64Array, known: number) => {
  const slope = lineFit(x, y)?.slope ?? 0;
  const rest = y.map((value, i) => value - slope * (x[i] - known));
  return { value: mean(rest), standardError: Math.sqrt(variance(rest) / y.length) };
};

/** Sizes tried are multiples of a round number of about this share of the guess. */
const STEP_SHARE = 1 / 6;
const MOST_SIZES = 24;

/**
 * The size n at which `to` hull vertices become as probable as `from` in the mean over datasets: found between neighbours of a
 * grid of sizes and placed by the line of least squares through the four sizes around it. Throws when they do not cross near
 * where the population posterior does.
 */
export const dataCrossing = (
  posterior: Omit<DataPosterior, "n">,
  { from, to }: { readonly from: number; readonly to: number },
): number => {
  const { c, kappa, priorStd, hullTol, seed } = posterior;
  // Data favour the smaller polygon a little more than the population does.
  const guess = (1.2 * populationCrossing({ c, priorStd, hullTol, seed }, { from, to })) / kappa;
  const step = Math.max(1, roundNumber(STEP_SHARE * guess));
  const lead = (n: number): number => {
    const { occupancy } = dataOccupancy({ ...posterior, n });
    return occupancy[to] - occupancy[from];
  };
  let low = Math.max(1, Math.round(guess / step)) * step;
  const direction = lead(low) > 0 ? -step : step;
  for (let tried = 0; tried < MOST_SIZES && low > step; tried++, low += direction) {
    if (lead(low) > 0 || lead(low + step) <= 0) continue;
    const sizes = [low - step, low, low + step, low + 2 * step];
    return lineRoot(sizes, sizes.map(lead));
  }
  throw new LandauError("diverged", `no crossing from ${from} to ${to} hull vertices near n = ${Math.round(guess)}`);
};

/** The largest of 1, 2 and 5 times a power of ten that is not above x. */
const roundNumber = (x: number): number => {
  let power = 1;
  while (power * 10 <= x) power *= 10;
  return power * (x >= 5 * power ? 5 : x >= 2 * power ? 2 : 1);
};

/** Where the line of least squares through the points is 0. */
const lineRoot = (x: readonly number[], y: readonly number[]): number => {
  const { slope, intercept } = line(x, y);
  return -intercept / slope;
};
