import { mean, standardDeviation, wilson } from "../numerics/statistics.ts";
import { studentQuantile } from "../numerics/student.ts";
import type { Comparison, PredictionKind } from "./claim.ts";

/** Ways to put a number of a claim beside what it should be. */

type Prediction = Pick<Comparison, "predicted" | "tolerance" | "kind">;

/** A number beside what it should be: exactly that, when no tolerance is given. */
export const near = (quantity: string, measured: number, predicted: number, tolerance = 0): Comparison => ({
  quantity,
  measured,
  predicted,
  tolerance,
});

/** A number that should lie in a range. */
export const within = (quantity: string, measured: number, low: number, high: number): Comparison => ({
  quantity,
  measured,
  predicted: [low, high],
});

/** A number that should be larger than another, such as the sign of a difference. */
export const above = (quantity: string, measured: number, least: number): Comparison => ({
  quantity,
  measured,
  predicted: { above: least },
});

/** A number that should be smaller than another. */
export const below = (quantity: string, measured: number, most: number): Comparison => ({
  quantity,
  measured,
  predicted: { below: most },
});

/** Comparisons whose predictions are known otherwise than most of their claim. */
export const known = (kind: PredictionKind, ...comparisons: readonly Comparison[]): Comparison[] =>
  comparisons.map(comparison => ({ ...comparison, kind }));

/** The mean of independent values with its 95 % Student interval, against a prediction. */
export const meanComparison = (quantity: string, values: readonly number[], prediction: Prediction): Comparison => {
  const members = values.length;
  // Of nothing, every value is possible.
  if (members === 0) return { quantity, measured: 0, ...prediction, members };
  const measured = mean(values);
  if (members === 1) return { quantity, measured, ...prediction, members };
  const half = (studentQuantile(members - 1) * standardDeviation(values)) / Math.sqrt(members);
  return { quantity, measured, interval: [measured - half, measured + half], ...prediction, members };
};

/** The mean over all values of groups that are independent of each other, though not the values within one. */
export const pooledComparison = (
  quantity: string,
  groups: readonly (readonly number[])[],
  prediction: Prediction,
): Comparison => {
  const filled = groups.filter(group => group.length > 0);
  const members = filled.length;
  if (members === 0) return { quantity, measured: 0, ...prediction, members };
  const sums = filled.map(group => group.reduce((sum, value) => sum + value, 0));
  const count = filled.reduce((sum, { length }) => sum + length, 0);
  const measured = sums.reduce((sum, value) => sum + value, 0) / count;
  if (members === 1) return { quantity, measured, ...prediction, members };
  // Variance of a ratio of sums over independent groups, to first order.
  const rests = filled.map(({ length }, i) => sums[i] - measured * length);
  const squares = rests.reduce((sum, rest) => sum + rest * rest, 0);
  const half = (studentQuantile(members - 1) * Math.sqrt((members / (members - 1)) * squares)) / count;
  return { quantity, measured, interval: [measured - half, measured + half], ...prediction, members };
};

/** A function of the mean over members, with the 95 % interval of the jackknife. */
export const jackknifeComparison = <Value>(
  quantity: string,
  values: readonly Value[],
  of: (values: readonly Value[]) => number,
  prediction: Prediction,
): Comparison => {
  const members = values.length;
  if (members === 0) return { quantity, measured: 0, ...prediction, members };
  const measured = of(values);
  if (members === 1) return { quantity, measured, ...prediction, members };
  const without = values.map((_, i) => of(values.filter((_, j) => j !== i)));
  const half = (studentQuantile(members - 1) * (members - 1) * standardDeviation(without)) / Math.sqrt(members);
  return { quantity, measured, interval: [measured - half, measured + half], ...prediction, members };
};

/** The fraction of members that satisfy a condition, with its Wilson interval, against an allowed range. */
export const fraction = <Member>(
  quantity: string,
  all: readonly Member[],
  condition: (member: Member) => boolean,
  predicted: Comparison["predicted"],
): Comparison => {
  const members = all.length;
  // Of nothing, every fraction is possible.
  if (members === 0) return { quantity, measured: 0, interval: [0, 1], predicted, members };
  const hits = all.filter(condition).length;
  const { low, high } = wilson(hits, members);
  return { quantity, measured: hits / members, interval: [low, high], predicted, members };
};

/** How many members satisfy a condition, beside the range that was stated beforehand for as many members. */
export const count = <Member>(
  quantity: string,
  all: readonly Member[],
  condition: (member: Member) => boolean,
  [low, high]: readonly [number, number],
): Comparison => ({ ...within(quantity, all.filter(condition).length, low, high), members: all.length });

/** How often something must not happen: a count that has to be nought. */
export const never = (quantity: string, events: number, members: number): Comparison => ({
  quantity,
  measured: events,
  predicted: 0,
  tolerance: 0,
  members,
});

/**
 * A fraction less that of an independent earlier ensemble, which had `count` of `size`, with Newcombe's 95 % interval of the difference.
 * Newcombe, Statistics in Medicine 17 (1998) 873, method 10. Equal within a margin that is stated beforehand.
 */
export const fractionBeside = <Member>(
  quantity: string,
  all: readonly Member[],
  condition: (member: Member) => boolean,
  { count, size, margin }: { readonly count: number; readonly size: number; readonly margin: number },
): Comparison => {
  const members = all.length;
  const prediction = { predicted: 0, tolerance: margin, members };
  if (members === 0) return { quantity, measured: 0, interval: [-1, 1], ...prediction };
  const hits = all.filter(condition).length;
  const [own, earlier] = [wilson(hits, members), wilson(count, size)];
  const [p, q] = [hits / members, count / size];
  const interval = [
    p - q - rootOfSquares(p - own.low, earlier.high - q),
    p - q + rootOfSquares(own.high - p, q - earlier.low),
  ] as const;
  return { quantity, measured: p - q, interval, ...prediction };
};

const rootOfSquares = (a: number, b: number): number => Math.sqrt(a * a + b * b);
