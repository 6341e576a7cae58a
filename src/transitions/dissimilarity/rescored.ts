import { invalid } from "../../errors.ts";
import { exp, log, tanh } from "../../numerics/elementary.ts";
import { variance } from "../../numerics/statistics/moments.ts";
import { checkSegment } from "./grid.ts";
import { type ByMeasure, byMeasure, measures } from "./measures.ts";

/**
 * Samples at one value of the control, each scored under the distributions of all values: row i holds ln P(x_i | T_b), b = 0, ..., K-1, one row
 * behind the other. -Infinity where a distribution does not have the sample; NaN where nobody scored it, which is refused where it is needed.
 */
export type ScoredSamples = Float64Array;

/** The two estimates of a dissimilarity, with standard errors. */
export interface SampleEstimate {
  /** Mean of g at the posterior of the true side. May be negative. */
  readonly mean: number;
  readonly se: number;
  /** The same without the noise of which side a sample came from. Never negative for lin and js. */
  readonly meanReduced: number;
  readonly seReduced: number;
}

/**
 * Log-odds of the own side against the other for each sample of the 2L values at a split, one list for each value. Sequences keep their
 * log-probabilities: none is ever exponentiated by itself.
 */
export const splitLogOdds = (samples: readonly ScoredSamples[], split: number, L: number): Float64Array[] => {
  const K = samples.length;
  checkSegment(L, K);
  const left = split;
  const right = split + L;
  return Array.from({ length: 2 * L }, (_, place) => {
    const own = place < L ? left : right;
    const other = place < L ? right : left;
    const scores = samples[split + place];
    const count = scores.length / K;
    return Float64Array.from({ length: count }, (_, i) => {
      const [mine, theirs] = [logSumExp(scores, i * K + own, L), logSumExp(scores, i * K + other, L)];
      if (!(mine > -Infinity) || Number.isNaN(theirs))
        throw invalid(
          `the log-probability of sample ${i} at control value ${split + place}`,
          Number.isNaN(theirs) ? theirs : mine,
          Number.isNaN(mine) || Number.isNaN(theirs)
            ? `a score under each of the control values ${split} to ${split + 2 * L - 1}`
            : "a finite one under the distribution that it was drawn from",
        );
      return mine - theirs;
    });
  });
};

/** Estimates at a split: the mean over its 2L control values of the mean over the samples there. [arXiv 2405.17088, appendix; the reduced form is derived] */
export const estimateFrom = (logOdds: readonly Float64Array[]): ByMeasure<SampleEstimate> =>
  byMeasure(name => {
    const { plain, reduced } = measures[name];
    const ordinary = meanOverValues(logOdds.map(values => values.map(plain)));
    const better = meanOverValues(logOdds.map(values => values.map(value => reduced(tanh(value / 2)))));
    return { mean: ordinary.mean, se: ordinary.se, meanReduced: better.mean, seReduced: better.se };
  });

/** Mean of means over lists, with SE^2 = (1/lists)^2 sum var/n. */
export const meanOverValues = (lists: readonly Float64Array[]): { readonly mean: number; readonly se: number } => {
  let [mean, square] = [0, 0];
  for (const values of lists) {
    let sum = 0;
    for (const value of values) sum += value;
    mean += sum / values.length / lists.length;
    square += values.length < 2 ? Infinity : variance(values) / values.length;
  }
  return { mean, se: Math.sqrt(square) / lists.length };
};

/** The same at every split. */
export const sampleScan = (samples: readonly ScoredSamples[], L: number): ByMeasure<SampleEstimate[]> => {
  checkScored(samples);
  const found = Array.from({ length: samples.length - 2 * L + 1 }, (_, split) =>
    estimateFrom(splitLogOdds(samples, split, L)),
  );
  return byMeasure(name => found.map(each => each[name]));
};

/** Throws a LandauError of kind "input" for values of the control without samples, or scores that are no log-probabilities. */
export const checkScored = (samples: readonly ScoredSamples[]): void => {
  const K = samples.length;
  samples.forEach((scores, k) => {
    if (scores.length === 0 || scores.length % K !== 0)
      throw invalid(`the number of scores at control value ${k}`, scores.length, `${K} for each of its samples`);
    for (let i = 0; i < scores.length; i++)
      if (scores[i] === Infinity) throw invalid(`score ${i} at control value ${k}`, scores[i], "a log-probability");
  });
};

const logSumExp = (scores: Float64Array, from: number, count: number): number => {
  let most = -Infinity;
  for (let b = from; b < from + count; b++) {
    if (Number.isNaN(scores[b])) return Number.NaN;
    if (scores[b] > most) most = scores[b];
  }
  if (count === 1 || most === -Infinity) return most;
  let sum = 0;
  for (let b = from; b < from + count; b++) sum += exp(scores[b] - most);
  return most + log(sum);
};

/** Scored samples from the distributions themselves and the outcomes that were drawn. */
export const scoredFrom = (P: readonly ArrayLike<number>[], drawn: readonly ArrayLike<number>[]): ScoredSamples[] => {
  const logs = P.map(p => Float64Array.from(p, each => (each > 0 ? log(each) : -Infinity)));
  return drawn.map(outcomes => {
    const scores = new Float64Array(outcomes.length * P.length);
    for (let i = 0; i < outcomes.length; i++)
      for (let b = 0; b < P.length; b++) scores[i * P.length + b] = logs[b][outcomes[i]];
    return scores;
  });
};
