import { log } from "../../numerics/elementary.ts";
import { effectiveDraws } from "./effective-draws.ts";
import type { OrderCell } from "./table.ts";

/** What a cell says about its order parameter, all of its series together. */
export interface CellStatistics {
  readonly control: number;
  readonly count: number;
  readonly mean: number;
  /** Standard error of the mean, autocorrelation included. */
  readonly error: number;
  readonly variance: number;
  /** Standard error of ln variance. */
  readonly logVarianceError: number;
  /** ln (<m^2> / <m>^2), which has neither unit nor dimension, and its standard error; 0 where all draws are equal. */
  readonly logRatio: number;
  readonly logRatioError: number;
  /** Correlation of the errors of the mean and of logRatio. */
  readonly correlation: number;
  /** How many independent draws the samples are worth. */
  readonly effective: number;
}

/** Errors of functions of moments come from what one draw more would change in them, as of so many independent draws as there are for the mean. */
export const cellStatistics = ({ control, series }: OrderCell): CellStatistics => {
  const count = series.reduce((sum, { values }) => sum + values.length, 0);
  let total = 0;
  for (const { values } of series) for (let i = 0; i < values.length; i++) total += values[i];
  const mean = total / count;
  const effective = Math.max(
    1,
    series.reduce((sum, { values }) => sum + effectiveDraws(values), 0),
  );
  let [second, third, fourth] = [0, 0, 0];
  for (const { values } of series)
    for (let i = 0; i < values.length; i++) {
      const distance = values[i] - mean;
      const square = distance * distance;
      second += square;
      third += square * distance;
      fourth += square * square;
    }
  const square = second / count;
  const variance = count > 1 ? second / (count - 1) : 0;
  // In units of the spread: skewness and kurtosis.
  const skewness = square > 0 ? third / count / (square * Math.sqrt(square)) : 0;
  const kurtosis = square > 0 ? fourth / count / (square * square) : 1;
  const relative = mean !== 0 ? Math.sqrt(square) / Math.abs(mean) : 0;
  const ratio = 1 + relative * relative;
  const ofRatio = changesOfLogRatio(relative * Math.sign(mean), skewness, kurtosis);
  return {
    control,
    count,
    mean,
    error: Math.sqrt(variance / effective),
    variance,
    logVarianceError: variance > 0 ? Math.sqrt(Math.max(0, kurtosis - 1) / effective) : Infinity,
    logRatio: log(ratio),
    logRatioError: ofRatio.deviation / Math.sqrt(effective),
    correlation: ofRatio.correlation,
    effective,
  };
};

/**
 * What a draw m = mean + spread z changes in ln <m^2> - 2 ln <m>: with r = spread / mean, (2 r z + r^2 z^2) / (1 + r^2) - 2 r z up to a constant; its
 * standard deviation and its correlation with z.
 */
const changesOfLogRatio = (r: number, skewness: number, kurtosis: number) => {
  const whole = 1 + r * r;
  const linear = (2 * r) / whole - 2 * r;
  const quadratic = (r * r) / whole;
  const square = linear * linear + 2 * linear * quadratic * skewness + quadratic * quadratic * (kurtosis - 1);
  const deviation = Math.sqrt(Math.max(0, square));
  return { deviation, correlation: deviation > 0 ? (linear + quadratic * skewness) / deviation : 0 };
};
