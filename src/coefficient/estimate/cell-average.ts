import { mean } from "../../numerics/statistics.ts";
import type { Diagnostic } from "../../sampling/diagnostics/diagnostic.ts";
import { essMean } from "../../sampling/diagnostics/effective-sample-size.ts";
import { rHat } from "../../sampling/diagnostics/r-hat.ts";
import type { Cell } from "./cell.ts";

/** What the draws of a cell say. Errors are standard errors from the spread of batches of draws. */
export interface CellAverage {
  readonly nBeta: number;
  readonly gamma: number;
  /** E = nBeta <K>, with the noise that the control variates know taken away. */
  readonly energy: number;
  readonly energyError: number;
  /** The same from the averages of whole chains: what chains that lag behind all along do not hide, but known badly when they are few. */
  readonly betweenChains: number;
  /** nBeta <K> as it is, and its error from parts of chains or from whole chains, the larger. */
  readonly plain: number;
  readonly plainSpread: number;
  /** dE / d log nBeta = E - Var(nBeta K), and its error. */
  readonly slope: number;
  readonly slopeError: number;
  /** -dE / d log gamma = Cov(nBeta K, gamma |w - w*|^2 / 2): E plus this is free of the localiser to first order. */
  readonly pull: number;
  readonly pullError: number;
  /** Error of energy + pull, which vary together. */
  readonly correctedError: number;
  readonly rHat: number;
  readonly ess: number;
  /** The largest |mean of Z_a| over its standard error. */
  readonly virial: number;
  /** Root mean square distance from w*. */
  readonly distance: number;
  /** Mean of gamma |w - w*|^2 / 2. */
  readonly localiser: number;
  readonly draws: number;
  readonly divergences: number;
  readonly truncations: number;
  readonly leastK: number;
  readonly acceptance: number;
  /** Samples that a trajectory sees; absent when all. */
  readonly batch?: number;
}

/** Batches that each chain is cut into. */
const BATCHES = 8;

/** Averages over the draws of each chain from number `first` on. */
export const averageOf = (cell: Cell, first = 0): CellAverage => {
  const { variates, series, draws, nBeta, gamma } = cell;
  const { count } = variates;
  const betas = regressions(cell, first);
  const betaOf = new Map(series.map((own, chain) => [own, betas[chain]]));
  const statistics: { energy: number; plain: number; slope: number; pull: number; z: Float64Array }[] = [];
  const statisticOf = (parts: readonly { own: (typeof series)[number]; from: number; to: number }[]) => {
    let n = 0;
    let [rest, plain, localiser] = [0, 0, 0];
    const z = new Float64Array(count);
    // beta times what it multiplies.
    const [heat, pulled] = [new Float64Array(count), new Float64Array(count)];
    const restOf = (own: (typeof series)[number], i: number): number => {
      const beta = betaOf.get(own)!;
      let value = own.energy[i];
      for (let a = 0; a < count; a++) value -= beta[a] * own.z[i * count + a];
      return value;
    };
    for (const { own, from, to } of parts) {
      const beta = betaOf.get(own)!;
      for (let i = from; i < to; i++, n++) {
        rest += restOf(own, i);
        plain += own.energy[i];
        localiser += own.localiser[i];
        for (let a = 0; a < count; a++) {
          z[a] += own.z[i * count + a];
          heat[a] += beta[a] * own.dimension[i * count + a];
          pulled[a] += beta[a] * own.pull[i * count + a];
        }
      }
    }
    rest /= n;
    plain /= n;
    localiser /= n;
    let [withEnergy, withLocaliser] = [0, 0];
    for (const { own, from, to } of parts)
      for (let i = from; i < to; i++) {
        const value = restOf(own, i) - rest;
        withEnergy += value * (own.energy[i] - plain);
        withLocaliser += value * (own.localiser[i] - localiser);
      }
    let varianceOf = withEnergy / (n - 1);
    let covariance = withLocaliser / (n - 1);
    for (let a = 0; a < count; a++) {
      z[a] /= n;
      varianceOf += (heat[a] - 2 * pulled[a]) / n;
      covariance += (2 * pulled[a]) / n;
    }
    return { energy: rest, plain, localiser, slope: rest - varianceOf, pull: covariance, z };
  };
  const length = Math.floor((draws - first) / BATCHES);
  for (const own of series)
    for (let b = 0; b < BATCHES; b++)
      statistics.push(statisticOf([{ own, from: first + b * length, to: first + (b + 1) * length }]));
  const whole = statisticOf(series.map(own => ({ own, from: first, to: draws })));
  const byChain = series.map(own => statisticOf([{ own, from: first, to: draws }]));
  const errorOf = (values: number[]): number => {
    const centre = mean(values);
    const square = values.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
    return Math.sqrt(square / (values.length - 1) / values.length);
  };
  const chains = series.map(own => Float64Array.from(own.energy.slice(first)));
  const or = (diagnostic: Diagnostic, otherwise: number) =>
    diagnostic.kind === "value" ? diagnostic.value : otherwise;
  let virial = 0;
  for (let a = 0; a < count; a++) {
    const error = errorOf(statistics.map(({ z }) => z[a]));
    virial = Math.max(virial, Math.abs(whole.z[a]) / Math.max(error, 1e-12));
  }
  return {
    nBeta,
    gamma,
    energy: whole.energy,
    energyError: errorOf(statistics.map(({ energy }) => energy)),
    betweenChains: errorOf(byChain.map(({ energy }) => energy)),
    plain: whole.plain,
    plainSpread: Math.max(...[statistics, byChain].map(parts => errorOf(parts.map(({ plain }) => plain)))),
    slope: whole.slope,
    slopeError: errorOf(statistics.map(({ slope }) => slope)),
    pull: whole.pull,
    pullError: errorOf(statistics.map(({ pull }) => pull)),
    correctedError: errorOf(statistics.map(({ energy, pull }) => energy + pull)),
    rHat: or(rHat(chains), Infinity),
    ess: or(essMean(chains), 0),
    virial,
    distance: Math.sqrt((2 * whole.localiser) / gamma),
    localiser: whole.localiser,
    draws,
    divergences: cell.divergences,
    truncations: cell.truncations,
    leastK: cell.leastK,
    acceptance: cell.acceptance,
    ...(cell.batch !== undefined && { batch: cell.batch }),
  };
};

/**
 * A Z_a that varies this many times more than nBeta K, and than one of its dimensions does where the density falls off as a normal one, can tell nothing of nBeta K, as in
 * valleys that bend along a. At high temperatures, where nBeta K hardly varies, the second alone says so.
 */
const MOST_SPREAD = 16;

/**
 * For each chain the coefficients of nBeta K on the Z_a by least squares over the draws of all others: of what is independent of the chain, so that what
 * is taken away from its average is 0 on average, however few the draws. A Z_a that the others explain gets none.
 */
const regressions = ({ variates, series, draws }: Cell, first: number): Float64Array[] => {
  const { count } = variates;
  // 1, the Z_a and nBeta K, with their products; all but the 1 less their means, of which rounding would keep more than of what varies.
  const width = count + 2;
  const whole = (draws - first) * series.length;
  const centre = new Float64Array(width);
  const dimension = new Float64Array(count);
  for (const own of series)
    for (let i = first; i < draws; i++) {
      for (let a = 0; a < count; a++) {
        centre[a + 1] += own.z[i * count + a] / whole;
        dimension[a] = Math.max(dimension[a], own.dimension[i * count + a]);
      }
      centre[count + 1] += own.energy[i] / whole;
    }
  const sums = series.map(own => {
    const sum = new Float64Array(width * width);
    const x = new Float64Array(width);
    x[0] = 1;
    for (let i = first; i < draws; i++) {
      for (let a = 0; a < count; a++) x[a + 1] = own.z[i * count + a] - centre[a + 1];
      x[count + 1] = own.energy[i] - centre[count + 1];
      for (let a = 0; a < width; a++) for (let b = 0; b < width; b++) sum[a * width + b] += x[a] * x[b];
    }
    return sum;
  });
  const total = totalOf(sums);
  const varianceOf = (a: number) => total[a * width + a] / whole;
  const most = (a: number) => MOST_SPREAD * MOST_SPREAD * Math.max(varianceOf(count + 1), dimension[a - 1]);
  const told = Array.from({ length: count }, (_, a) => a + 1).filter(a => varianceOf(a) < most(a));
  return series.map((_, chain) =>
    leastSquares(totalOf(sums.filter((_, k) => k !== chain || series.length === 1)), count, told),
  );
};

const totalOf = (sums: readonly Float64Array[]): Float64Array =>
  sums.reduce((total, sum) => total.map((value, k) => value + sum[k]));

/** The coefficients of the last variable on those that are told, and a constant, from sums of products. */
const leastSquares = (sums: Float64Array, count: number, told: readonly number[]): Float64Array => {
  const width = count + 2;
  const scale = Float64Array.from({ length: width }, (_, a) => sums[a * width + a]);
  const used: number[] = [];
  for (const a of [0, ...told]) {
    const pivot = sums[a * width + a];
    if (!(pivot > 1e-6 * scale[a])) continue;
    used.push(a);
    for (let b = 0; b < width; b++) {
      if (b === a) continue;
      const factor = sums[b * width + a] / pivot;
      if (factor !== 0) for (let k = 0; k < width; k++) sums[b * width + k] -= factor * sums[a * width + k];
    }
  }
  const beta = new Float64Array(count);
  for (const a of used) if (a > 0) beta[a - 1] = sums[a * width + count + 1] / sums[a * width + a];
  return beta;
};
