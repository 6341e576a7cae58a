import { groupBy } from "../numerics/group-by.ts";

/** Ways to pick records that every protocol's have. */

interface OfChain {
  readonly chain: number;
}

export interface OfSweep extends OfChain {
  readonly control: number;
  readonly pace: number;
  readonly direction: "up" | "down";
}

/** Records of one direction of the slowest sweep, by ascending control; those of one chain when it is named. */
export const branch = <Sweep extends OfSweep>(
  records: readonly Sweep[],
  direction: "up" | "down",
  chain?: number,
): readonly Sweep[] => {
  const own = chain === undefined ? records : records.filter(record => record.chain === chain);
  const slowest = own.reduce((most, { pace }) => Math.max(most, pace), 0);
  return own
    .filter(record => record.direction === direction && record.pace === slowest)
    .sort((a, b) => a.control - b.control);
};

/** Records of each chain, in the order they were written. */
export const byChain = <Each extends OfChain>(records: readonly Each[]): ReadonlyMap<number, readonly Each[]> =>
  groupBy(records, ({ chain }) => chain);

/** How many records carry each label; those without one count as `otherwise`. */
export const countLabels = (
  records: readonly { readonly label: string | null }[],
  otherwise = "none",
): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { label } of records) counts.set(label ?? otherwise, (counts.get(label ?? otherwise) ?? 0) + 1);
  return counts;
};

/** Records by a number that each has, ascending. */
export const byNumber = <Each>(
  records: readonly Each[],
  of: (record: Each) => number,
): readonly (readonly [number, readonly Each[]])[] =>
  [...new Set(records.map(of))].sort((a, b) => a - b).map(at => [at, records.filter(record => of(record) === at)]);
