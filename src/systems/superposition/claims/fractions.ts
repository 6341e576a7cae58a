import type { Comparison } from "../../../contracts/claim.ts";
import type { RunRecord } from "../../../contracts/protocol.ts";
import { wilson } from "../../../numerics/statistics.ts";

/** The fraction of records that satisfy a condition, with its Wilson interval, against an allowed range. */
export const fraction = (
  quantity: string,
  records: readonly RunRecord[],
  condition: (record: RunRecord) => boolean,
  predicted: readonly [number, number],
): Comparison => {
  const members = records.length;
  // Of nothing, every fraction is possible.
  if (members === 0) return { quantity, measured: 0, interval: [0, 1], predicted, members };
  const hits = records.filter(condition).length;
  const { low, high } = wilson(hits, members);
  return { quantity, measured: hits / members, interval: [low, high], predicted, members };
};

/** How often something must not happen: a count that has to be nought. */
export const never = (quantity: string, events: number, members: number): Comparison => ({
  quantity,
  measured: events,
  predicted: 0,
  tolerance: 0,
  members,
});

/**
 * The range in which a fraction of `total` should lie when an independent earlier ensemble had `count` of `size`: four
 * standard errors of the difference, the probability taken from the earlier ensemble with one added success and failure.
 */
export const reproducible = (count: number, size: number, total: number): readonly [number, number] => {
  const p = (count + 1) / (size + 2);
  const spread = 4 * Math.sqrt(p * (1 - p) * (1 / size + 1 / Math.max(1, total)));
  return [Math.max(0, count / size - spread), Math.min(1, count / size + spread)];
};
