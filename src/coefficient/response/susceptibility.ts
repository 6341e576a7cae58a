import { type Finding, type Health, healthFrom } from "../../contracts/health.ts";
import type { SampledObjective } from "../../contracts/objective.ts";
import { invalid } from "../../errors.ts";
import { gammaFor } from "../estimate/learning-coefficients.ts";
import { problemAt } from "../estimate/problem.ts";
import { atComponent, type Component } from "./components.ts";
import { type LocalDrawsOptions, localDraws, type Observables } from "./local-draws.ts";
import type { Measured } from "./of-means.ts";

/** Samples that are reweighted together. */
export interface DataGroup {
  readonly name: string;
  readonly samples: Int32Array;
}

export interface ResponseOptions extends Omit<LocalDrawsOptions, "progress"> {
  /** Called with the share of the work that is done. */
  progress?(share: number): void;
}

type Sign = "agreement" | "effective draws";

export interface ResponseMatrix {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** rows x columns. */
  readonly cells: readonly (readonly Measured[])[];
  /** Of the draws of each row's component; of all of them for an influence. */
  readonly health: Health<Sign>;
}

/**
 * Susceptibilities of components to data: how nBeta (L - L(w*)) under the posterior of a component, the other parameters held, answers to more weight on a group,
 *
 *     chi = d/dh <nBeta L>  at h = 0,  of exp(-nBeta (L + h (L_group - L)) - gamma |w - w*|^2 / 2)
 *         = -nBeta^2 Cov(L, L_group - L).   [after Baker et al., Structural inference, arXiv 2504.18274]
 *
 * Positive where the group's loss is flatter along the component than that of the others. Weighted by their sizes, the groups of all data sum to 0.
 */
export const susceptibilities = (
  objective: SampledObjective,
  at: Float64Array,
  components: readonly Component[],
  groups: readonly DataGroup[],
  { progress, ...options }: ResponseOptions,
): ResponseMatrix => {
  checkGroups(objective, groups);
  const { nBeta } = options;
  const signs: Finding<Sign>[] = [];
  const cells = components.map((component, row) => {
    const { objective: part, at: place, put } = atComponent(objective, at, component);
    const gradient = new Float64Array(objective.size);
    const observables: Observables = {
      count: 1 + groups.length,
      write(w, out) {
        const whole = put(w);
        out[0] = objective.loss(whole);
        groups.forEach(({ samples }, k) => {
          out[k + 1] = objective.batchLossAndGradient(whole, gradient, samples, 0, samples.length) - out[0];
        });
      },
    };
    const draws = localDraws(part, place, observables, {
      ...options,
      progress: share => progress?.((row + share) / components.length),
    });
    signs.push(...draws.health([0]).findings.map(sign => ({ ...sign, text: `${component.name}: ${sign.text}` })));
    return groups.map((_, k) => scaled(draws.covariance(0, k + 1), -nBeta * nBeta));
  });
  return {
    rows: components.map(({ name }) => name),
    columns: groups.map(({ name }) => name),
    cells,
    health: healthFrom(signs),
  };
};

/**
 * Bayesian influence between samples: how the loss of one, averaged over the posterior, answers to more weight on another in the sum of losses,
 *
 *     d<l_i> / d weight_j = -(nBeta / n) Cov(l_i, l_j).   [Bayesian influence functions, Kreer et al. 2025]
 */
export const influences = (
  objective: SampledObjective,
  at: Float64Array,
  samples: Int32Array,
  { progress, ...options }: ResponseOptions,
): ResponseMatrix => {
  checkGroups(objective, [{ name: "samples", samples }]);
  const gradient = new Float64Array(objective.size);
  const observables: Observables = {
    count: samples.length,
    write(w, out) {
      if (objective.sampleLosses) objective.sampleLosses(w, samples, out);
      else
        for (let i = 0; i < samples.length; i++)
          out[i] = objective.batchLossAndGradient(w, gradient, samples, i, i + 1);
    },
  };
  const draws = localDraws(objective, at, observables, { ...options, ...(progress && { progress }) });
  const factor = -options.nBeta / objective.samples;
  const cells: Measured[][] = Array.from({ length: samples.length }, () => []);
  for (let i = 0; i < samples.length; i++)
    for (let j = 0; j <= i; j++) cells[i][j] = cells[j][i] = scaled(draws.covariance(i, j), factor);
  const names = Array.from(samples, String);
  return { rows: names, columns: names, cells, health: draws.health() };
};

const scaled = ({ value, standardError, interval: [low, high] }: Measured, factor: number): Measured => ({
  value: factor * value,
  standardError: Math.abs(factor) * standardError,
  interval: factor < 0 ? [factor * high, factor * low] : [factor * low, factor * high],
});

const checkGroups = ({ samples: n }: SampledObjective, groups: readonly DataGroup[]): void => {
  if (groups.length === 0) throw invalid("groups", groups.length, "at least one");
  for (const { name, samples } of groups) {
    if (samples.length === 0) throw invalid(`the samples of ${name}`, 0, "at least one");
    for (const sample of samples)
      if (!(sample >= 0 && sample < n)) throw invalid(`a sample of ${name}`, sample, `one from 0 to ${n - 1}`);
  }
};

/** A localiser that is right for a minimum: the strongest that leaves it 95 % of its coefficient. */
export const gammaAt = (objective: SampledObjective, at: Float64Array, nBeta: number, seed = 0): number =>
  gammaFor(problemAt(objective, at), nBeta, seed);
