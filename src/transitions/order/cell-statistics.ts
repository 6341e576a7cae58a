import { essMean } from "../../sampling/diagnostics/effective-sample-size.ts";
import { binderCumulant } from "./statistics.ts";
import type { OrderCell } from "./table.ts";

/** What a cell says about its order parameter, all of its series together. */
export interface CellStatistics {
  readonly control: number;
  readonly count: number;
  readonly mean: number;
  /** Standard error of the mean, autocorrelation included. */
  readonly error: number;
  readonly variance: number;
  /** Standard error of ln variance, by a jackknife over blocks of the series. */
  readonly logVarianceError: number;
  readonly binder: number | null;
  /** How many independent draws the samples are worth. */
  readonly effective: number;
}

const BLOCKS = 12;

export const cellStatistics = ({ control, series }: OrderCell): CellStatistics => {
  const values = pooled(series.map(each => each.values));
  const count = values.length;
  const { mean, variance } = moments(values);
  const effective = series.reduce((sum, each) => sum + effectiveDraws(each.values), 0);
  return {
    control,
    count,
    mean,
    error: Math.sqrt(variance / Math.max(1, effective)),
    variance,
    logVarianceError: jackknife(series.map(each => each.values)),
    binder: binderCumulant(values),
    effective,
  };
};

/** Every draw counts when there are few, or when all are equal. */
const effectiveDraws = (values: Float64Array): number => {
  const ess = values.length >= 8 ? essMean([values]) : undefined;
  return ess?.kind === "value" ? ess.value : values.length;
};

export const pooled = (parts: readonly Float64Array[]): Float64Array => {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

const moments = (values: Float64Array) => {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  const mean = sum / n;
  let square = 0;
  for (let i = 0; i < n; i++) square += (values[i] - mean) * (values[i] - mean);
  return { mean, variance: n > 1 ? square / (n - 1) : 0 };
};

/** Relative standard error of the variance from leaving out one block at a time. */
const jackknife = (parts: readonly Float64Array[]): number => {
  const each = Math.max(2, Math.round(BLOCKS / parts.length));
  const blocks = parts.flatMap(part => {
    const pieces = Math.min(each, part.length);
    return Array.from({ length: pieces }, (_, i) =>
      part.subarray(Math.floor((i * part.length) / pieces), Math.floor(((i + 1) * part.length) / pieces)),
    );
  });
  if (blocks.length < 3) return Infinity;
  const whole = moments(pooled(blocks)).variance;
  if (whole === 0) return Infinity;
  const without = blocks.map((_, i) => moments(pooled(blocks.filter((__, k) => k !== i))).variance / whole);
  const centre = without.reduce((a, b) => a + b, 0) / without.length;
  const square = without.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
  return Math.sqrt((square * (blocks.length - 1)) / blocks.length);
};
