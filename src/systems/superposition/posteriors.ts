import { LandauError } from "../../errors.ts";
import { memoised } from "../../numerics/memoised.ts";
import { noisyRise } from "../../numerics/noisy-rise.ts";
import { stream } from "../../numerics/stream.ts";
import { type DatasetsOccupancy, datasetsOccupancy } from "../../protocols/datasets-occupancy.ts";
import { classCrossing, temperedCurves } from "../../protocols/tempered-curve.ts";
import { classOfDraw, verticesOf } from "./draw-class.ts";
import { type Dataset, drawDataset } from "./model/dataset.ts";
import { empiricalObjective } from "./model/empirical.ts";
import { populationObjective } from "./model/population.ts";

/** A posterior whose draws are counted by their hull vertices. */
export interface CountedPosterior {
  readonly c: number;
  readonly priorStd: number;
  /** Columns up to this length are no hull vertices. */
  readonly hullTol: number;
  readonly seed: number;
}

const byVertices = ({ c, priorStd, hullTol }: CountedPosterior) => ({
  priorStd,
  classOf: (w: Float64Array) => verticesOf(classOfDraw(w, c, hullTol), c),
  classes: c + 1,
});

/** Curves of the population posterior exp(-nBeta L(w)) N(w; 0, priorStd^2 I). */
export const populationCurves = memoised((posterior: CountedPosterior) =>
  temperedCurves({
    ...byVertices(posterior),
    objective: populationObjective({ c: posterior.c, r: 2 }),
    random: purpose => stream({ seed: posterior.seed, purpose: `population posterior ${purpose}` }),
  }),
);

/** Posteriors exp(-kappa n L_n(w)) N(w; 0, priorStd^2 I) over independent datasets of n samples. */
export interface DataPosterior extends CountedPosterior {
  readonly n: number;
  readonly kappa: number;
  readonly datasets: number;
}

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

/** Datasets of one seed are nested: a larger n adds samples to those of a smaller. */
export const dataOccupancy = memoised((posterior: DataPosterior): DatasetsOccupancy => {
  const { c, n, kappa, datasets, seed } = posterior;
  return datasetsOccupancy({
    ...byVertices(posterior),
    datasets,
    nBeta: kappa * n,
    dataset: chain => drawDataset(stream({ seed, chain, purpose: "dataset" }), { c, n }),
    objective: dataset => empiricalObjective(dataset, 2),
    covariate: rarestSquares,
    random: (chain, purpose) => stream({ seed, chain, purpose: `data posterior ${purpose}` }),
  });
});

/**
 * The size n at which `to` hull vertices become as probable as `from` in the mean over datasets. Throws when they do not cross near where
 * the population posterior does.
 */
export const dataCrossing = (
  posterior: Omit<DataPosterior, "n">,
  { from, to }: { readonly from: number; readonly to: number },
): number => {
  const { c, kappa, priorStd, hullTol, seed } = posterior;
  // Data favour the smaller polygon a little more than the population does.
  const guess = (1.2 * classCrossing(populationCurves({ c, priorStd, hullTol, seed }), { from, to })) / kappa;
  const crossing = noisyRise(n => {
    const { occupancy } = dataOccupancy({ ...posterior, n });
    return occupancy[to] - occupancy[from];
  }, guess);
  if (crossing !== null) return crossing;
  throw new LandauError("diverged", `no crossing from ${from} to ${to} hull vertices near n = ${Math.round(guess)}`);
};
