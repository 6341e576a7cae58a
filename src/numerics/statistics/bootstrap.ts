import { invalid } from "../../errors.ts";
import type { Stream } from "../stream.ts";
import { checkValues } from "./check-values.ts";
import { standardDeviation } from "./moments.ts";
import { sortedQuantile } from "./quantile.ts";

export interface BootstrapSettings {
  /** Gives the resamples; read from where it stands. */
  readonly stream: Stream;
  readonly resamples?: number;
  /** Probability that the interval is meant to cover, in (0, 1). */
  readonly level?: number;
}

export interface BootstrapInterval {
  /** The statistic of the values themselves. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Standard deviation of the statistic over the resamples. */
  readonly standardError: number;
}

/**
 * Percentile bootstrap for independent values: the statistic on `resamples` draws with replacement, and the quantiles (1 -+ level) / 2
 * of what it gave. The array handed to `statistic` is reused between calls. Too narrow for fewer than about 20 values.
 *
 * Throws when a value or a resampled statistic is not finite. Source: Efron and Tibshirani, An introduction to the bootstrap
 * (1993), chapter 13.
 */
export const bootstrap = (
  values: ArrayLike<number>,
  statistic: (values: Float64Array) => number,
  { stream, resamples = 1000, level = 0.95 }: BootstrapSettings,
): BootstrapInterval => {
  checkValues("values", values, 2);
  if (!(Number.isSafeInteger(resamples) && resamples >= 2)) throw invalid("resamples", resamples, "an integer >= 2");
  if (!(level > 0 && level < 1)) throw invalid("level", level, "a probability between 0 and 1, ends excluded");
  const sample = Float64Array.from(values);
  const estimate = finite(statistic(sample), "statistic of the values");
  const results = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    for (let i = 0; i < sample.length; i++) sample[i] = values[stream.below(sample.length)];
    results[r] = finite(statistic(sample), `statistic of resample ${r}`);
  }
  results.sort();
  return {
    estimate,
    low: sortedQuantile(results, (1 - level) / 2),
    high: sortedQuantile(results, (1 + level) / 2),
    standardError: standardDeviation(results),
  };
};

const finite = (value: number, name: string): number => {
  if (!Number.isFinite(value)) throw invalid(name, value, "a finite number");
  return value;
};
