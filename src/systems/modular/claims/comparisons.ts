import type { Comparison, Evidence } from "../../../contracts/claim.ts";
import type { RunRecord } from "../../../contracts/protocol.ts";
import { betaQuantile } from "../../../numerics/incomplete-beta.ts";
import { mean, standardDeviation } from "../../../numerics/statistics.ts";
import { near, within } from "../../compare.ts";

type Prediction = Pick<Comparison, "predicted" | "tolerance">;

/** A number that is known without rounding of its own, unless a tolerance is given. */
export const exact = (quantity: string, measured: number, predicted: number, tolerance = 0): Comparison =>
  near(quantity, measured, predicted, tolerance);

/** A rounding error that has to stay below a bound. */
export const error = (quantity: string, measured: number, bound: number): Comparison =>
  within(quantity, measured, 0, bound);

/** The mean of independent values with its 95 % Student interval, against a prediction. */
export const meanOf = (quantity: string, values: readonly number[], prediction: Prediction): Comparison => {
  const members = values.length;
  if (members === 0) return { quantity, measured: 0, ...prediction, members };
  const measured = mean(values);
  if (members === 1) return { quantity, measured, ...prediction, members };
  const half = (studentQuantile(members - 1) * standardDeviation(values)) / Math.sqrt(members);
  return { quantity, measured, interval: [measured - half, measured + half], ...prediction, members };
};

/** Within this of 0 with probability 0.95. */
const studentQuantile = (freedom: number): number => {
  const x = betaQuantile(0.05, freedom / 2, 0.5);
  return Math.sqrt(freedom * (1 / x - 1));
};

/** One comparison for each member of a study: what `of` reads from its records, NaN where it has none. */
export const eachMember = (
  evidence: Evidence,
  study: string,
  kind: string,
  quantity: string,
  of: (records: readonly RunRecord[]) => number,
  [low, high]: readonly [number, number],
): Comparison[] => {
  const chains = byChain(evidence.records(study, kind));
  if (chains.size === 0) return [{ quantity, measured: 0, predicted: [low, high], members: 0 }];
  return [...chains].map(([chain, records]) => within(`seed ${chain + 1}: ${quantity}`, of(records), low, high));
};

export const byChain = (records: readonly RunRecord[]): ReadonlyMap<number, readonly RunRecord[]> => {
  const chains = new Map<number, RunRecord[]>();
  for (const record of records) {
    const chain = chains.get(record.chain);
    if (chain) chain.push(record);
    else chains.set(record.chain, [record]);
  }
  return chains;
};

/** A field that may be null where the run did not get there: then infinite. */
export const orNever = (value: unknown): number => (typeof value === "number" ? value : Infinity);
