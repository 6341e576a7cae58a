import { invalid } from "../../errors.ts";
import { checkValues } from "../../numerics/statistics/check-values.ts";
import { mean as meanOf, variance as varianceOf } from "../../numerics/statistics.ts";

/** How replicates at one scale are distributed: one group or two. */
export interface ReplicateStats {
  readonly mean: number;
  /** Unbiased. */
  readonly variance: number;
  /** 1 - m4 / (3 m2^2) with central moments: 0 for a Gaussian, 2/3 for two sharp equal groups. Null where values do not differ, as are the three below. */
  readonly binder: number | null;
  /** Corrected for bias: G1 and G2. */
  readonly skew: number | null;
  readonly excessKurtosis: number | null;
  /** (G1^2 + 1) / (G2 + 3 (n - 1)^2 / ((n - 2)(n - 3))): above 5/9 suggests two groups. */
  readonly bimodality: number | null;
}

/** Of one uniform distribution; above it two groups are suggested. */
export const BIMODAL = 5 / 9;

/** Moments of the values of an order parameter over seeds, at least 4; 8 and more tell something. */
export const replicateStats = (values: readonly number[]): ReplicateStats => {
  checkValues("values", values, 4);
  const n = values.length;
  const mean = meanOf(values);
  const moment = (power: number): number =>
    values.reduce((sum, value) => {
      let product = 1;
      for (let i = 0; i < power; i++) product *= value - mean;
      return sum + product;
    }, 0) / n;
  const [m2, m3, m4] = [2, 3, 4].map(moment);
  const variance = varianceOf(values);
  if (!(m2 > 0)) return { mean, variance, binder: null, skew: null, excessKurtosis: null, bimodality: null };
  const skew = ((m3 / (m2 * Math.sqrt(m2))) * Math.sqrt(n * (n - 1))) / (n - 2);
  const excessKurtosis = ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * (m4 / (m2 * m2) - 3) + 6);
  return {
    mean,
    variance,
    binder: 1 - m4 / (3 * m2 * m2),
    skew,
    excessKurtosis,
    bimodality: (skew * skew + 1) / (excessKurtosis + (3 * (n - 1) * (n - 1)) / ((n - 2) * (n - 3))),
  };
};

/** Where the variance over seeds is largest. */
export interface VariancePeak {
  /** Index of the scale. */
  readonly at: number;
  readonly variance: number;
  /** Largest over median variance; Infinity where more than half of the scales do not vary. */
  readonly ratio: number;
  /** Not the first scale nor the last. */
  readonly interior: boolean;
}

/** Ratio from which a peak inside the range is a sign of criticality. A convention. */
export const PEAK = 4;

/** The peak of the variance over scales, at least 3. */
export const variancePeak = (variances: readonly number[]): VariancePeak => {
  checkValues("variances", variances, 3);
  const negative = variances.findIndex(value => value < 0);
  if (negative >= 0) throw invalid(`variances[${negative}]`, variances[negative], "a number from 0 on");
  const sorted = [...variances].sort((a, b) => a - b);
  const median = (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.floor(sorted.length / 2)]) / 2;
  const variance = sorted[sorted.length - 1];
  const at = variances.indexOf(variance);
  return { at, variance, ratio: variance === 0 ? 1 : variance / median, interior: at > 0 && at < variances.length - 1 };
};
