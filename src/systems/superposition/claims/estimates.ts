import type { Comparison } from "../../../contracts/claim.ts";
import { betaQuantile } from "../../../numerics/incomplete-beta.ts";
import { mean, standardDeviation } from "../../../numerics/statistics.ts";

type Prediction = Pick<Comparison, "predicted" | "tolerance">;

/** The mean of independent values with its 95 % Student interval, against a prediction. */
export const meanComparison = (
  quantity: string,
  values: readonly number[],
  { predicted, tolerance }: Prediction,
): Comparison => {
  const members = values.length;
  // Of nothing, every value is possible.
  if (members === 0) return { quantity, measured: 0, predicted, tolerance, members };
  const measured = mean(values);
  if (members === 1) return { quantity, measured, predicted, tolerance, members };
  const half = (studentQuantile(members - 1) * standardDeviation(values)) / Math.sqrt(members);
  return { quantity, measured, interval: [measured - half, measured + half], predicted, tolerance, members };
};

/** The mean over all values of groups that are independent of each other, though not the values within one. */
export const pooledComparison = (
  quantity: string,
  groups: readonly (readonly number[])[],
  { predicted, tolerance }: Prediction,
): Comparison => {
  const filled = groups.filter(group => group.length > 0);
  const members = filled.length;
  if (members === 0) return { quantity, measured: 0, predicted, tolerance, members };
  const sums = filled.map(group => group.reduce((sum, value) => sum + value, 0));
  const count = filled.reduce((sum, { length }) => sum + length, 0);
  const measured = sums.reduce((sum, value) => sum + value, 0) / count;
  if (members === 1) return { quantity, measured, predicted, tolerance, members };
  // Variance of a ratio of sums over independent groups, to first order.
  const rests = filled.map(({ length }, i) => sums[i] - measured * length);
  const squares = rests.reduce((sum, rest) => sum + rest * rest, 0);
  const half = (studentQuantile(members - 1) * Math.sqrt((members / (members - 1)) * squares)) / count;
  return { quantity, measured, interval: [measured - half, measured + half], predicted, tolerance, members };
};

/** A function of the mean over members, with the 95 % interval of the jackknife. */
export const jackknifeComparison = <Value>(
  quantity: string,
  values: readonly Value[],
  of: (values: readonly Value[]) => number,
  { predicted, tolerance }: Prediction,
): Comparison => {
  const members = values.length;
  if (members === 0) return { quantity, measured: 0, predicted, tolerance, members };
  const measured = of(values);
  if (members === 1) return { quantity, measured, predicted, tolerance, members };
  const without = values.map((_, i) => of(values.filter((_, j) => j !== i)));
  const half = (studentQuantile(members - 1) * (members - 1) * standardDeviation(without)) / Math.sqrt(members);
  return { quantity, measured, interval: [measured - half, measured + half], predicted, tolerance, members };
};

/** Within this of 0 with probability 0.95: P(|T| > t) = I_x(nu / 2, 1 / 2) at x = nu / (nu + t^2). */
export const studentQuantile = (freedom: number): number => {
  const x = betaQuantile(0.05, freedom / 2, 0.5);
  return Math.sqrt(freedom * (1 / x - 1));
};
