import type { Comparison } from "../../../contracts/claim.ts";
import { log } from "../../../numerics/elementary.ts";
import { type QuantileInterval, quantileInterval } from "../../../numerics/statistics/quantile-interval.ts";
import { byNumber } from "../../../protocols/records.ts";
import type { ErrorRecord } from "../protocols/index.ts";

/** A quantile over repetitions for each size of sample, with its 95 % interval. */
export interface QuantileOfSize extends QuantileInterval {
  readonly N: number;
  readonly members: number;
}

export const quantilesBySize = <Each extends { readonly N: number }>(
  records: readonly Each[],
  of: (record: Each) => number,
  p: number,
): readonly QuantileOfSize[] =>
  byNumber(records, ({ N }) => N).map(([N, own]) => ({ N, members: own.length, ...quantileInterval(own.map(of), p) }));

/** How far the error on the sample is from the true one. */
export const gapOf = ({ train, test }: ErrorRecord): number => Math.abs(test - train);

type Prediction = Pick<Comparison, "predicted" | "tolerance" | "kind">;

export const sizeComparison = (
  quantity: string,
  { N, estimate, low, high, members }: QuantileOfSize,
  prediction: Prediction,
): Comparison => ({
  quantity: `${quantity}, N = ${N}`,
  measured: estimate,
  interval: [low, high],
  ...prediction,
  members,
});

/** Slope of ln quantile over ln N by least squares, with the interval that follows from those of the sizes, whose samples are independent. */
export const slopeComparison = (
  quantity: string,
  quantiles: readonly QuantileOfSize[],
  prediction: Prediction,
): Comparison => {
  const x = quantiles.map(({ N }) => log(N));
  const centre = x.reduce((sum, value) => sum + value, 0) / x.length;
  const spread = x.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
  const weights = x.map(value => (value - centre) / spread);
  const measured = quantiles.reduce((sum, { estimate }, i) => sum + weights[i] * log(estimate), 0);
  const squares = quantiles.reduce((sum, { low, high }, i) => {
    const half = low > 0 ? (weights[i] * log(high / low)) / 2 : Infinity;
    return sum + half * half;
  }, 0);
  const half = Math.sqrt(squares);
  return {
    quantity,
    measured,
    interval: [measured - half, measured + half],
    ...prediction,
    members: quantiles[0].members,
  };
};
