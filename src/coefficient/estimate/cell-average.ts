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
  /** nBeta <K> as it is. */
  readonly plain: number;
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

export const averageOf = (cell: Cell): CellAverage => {
  const { variates, series, draws, nBeta, gamma } = cell;
  const { count, dimensions } = variates;
  const beta = regression(cell);
  const statistics: { energy: number; slope: number; pull: number; z: Float64Array }[] = [];
  const statisticOf = (parts: readonly { own: (typeof series)[number]; from: number; to: number }[]) => {
    let n = 0;
    let [rest, plain, localiser] = [0, 0, 0];
    const z = new Float64Array(count);
    const pull = new Float64Array(count);
    const restOf = (own: (typeof series)[number], i: number): number => {
      let value = own.energy[i];
      for (let a = 0; a < count; a++) value -= beta[a] * own.z[i * count + a];
      return value;
    };
    for (const { own, from, to } of parts)
      for (let i = from; i < to; i++, n++) {
        rest += restOf(own, i);
        plain += own.energy[i];
        localiser += own.localiser[i];
        for (let a = 0; a < count; a++) {
          z[a] += own.z[i * count + a];
          pull[a] += own.pull[i * count + a];
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
      const share = pull[a] / n;
      z[a] /= n;
      varianceOf += beta[a] * (dimensions[a] - 2 * share);
      covariance += beta[a] * 2 * share;
    }
    return { energy: rest, plain, localiser, slope: rest - varianceOf, pull: covariance, z };
  };
  const length = Math.floor(draws / BATCHES);
  for (const own of series)
    for (let b = 0; b < BATCHES; b++) statistics.push(statisticOf([{ own, from: b * length, to: (b + 1) * length }]));
  const whole = statisticOf(series.map(own => ({ own, from: 0, to: draws })));
  const errorOf = (values: number[]): number => {
    const centre = mean(values);
    const square = values.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
    return Math.sqrt(square / (values.length - 1) / values.length);
  };
  const chains = series.map(own => Float64Array.from(own.energy));
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
    betweenChains: errorOf(series.map(own => statisticOf([{ own, from: 0, to: draws }]).energy)),
    plain: whole.plain,
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

/** The coefficients of nBeta K on the Z_a by least squares; a Z_a that the others explain gets none. */
const regression = ({ variates, series, draws }: Cell): Float64Array => {
  const { count } = variates;
  const n = draws * series.length;
  const means = new Float64Array(count);
  let energy = 0;
  for (const own of series)
    for (let i = 0; i < draws; i++) {
      energy += own.energy[i] / n;
      for (let a = 0; a < count; a++) means[a] += own.z[i * count + a] / n;
    }
  // Gram matrix with the right-hand side as its last column.
  const width = count + 1;
  const gram = new Float64Array(count * width);
  for (const own of series)
    for (let i = 0; i < draws; i++)
      for (let a = 0; a < count; a++) {
        const value = own.z[i * count + a] - means[a];
        for (let b = 0; b < count; b++) gram[a * width + b] += value * (own.z[i * count + b] - means[b]);
        gram[a * width + count] += value * (own.energy[i] - energy);
      }
  const scale = Float64Array.from({ length: count }, (_, a) => gram[a * width + a]);
  const used: number[] = [];
  for (let a = 0; a < count; a++) {
    const pivot = gram[a * width + a];
    if (!(pivot > 1e-6 * scale[a])) continue;
    used.push(a);
    for (let b = 0; b < count; b++) {
      if (b === a) continue;
      const factor = gram[b * width + a] / pivot;
      if (factor === 0) continue;
      for (let k = 0; k < width; k++) gram[b * width + k] -= factor * gram[a * width + k];
    }
  }
  const beta = new Float64Array(count);
  for (const a of used) beta[a] = gram[a * width + count] / gram[a * width + a];
  return beta;
};
