import { quantile } from "../../numerics/statistics.ts";
import type { Change } from "./describe-changes.ts";

/** Changes that come again and again at nearly even distances, and after which the curve is where it was: its course, and no transitions. */
export interface Cycle {
  /** Number of changes, and the median of the values from one to the next. */
  readonly count: number;
  readonly every: number;
}

const LEAST_GAPS = 7;
/** Gaps are alike that differ from their median by less than this share of it: of random ones about one in five. */
const ALIKE = 0.25;
/** Share of gaps that are alike: of seven or more random ones in fewer than one case in a hundred. */
const MOST_ALIKE = 0.7;
/** Share of the sizes of all changes by which the curve's end may lie away from its beginning. */
const BACK = 0.25;

/** Whether the changes of the mean of a curve are a cycle. */
export const cycleOf = (values: Float64Array, changes: readonly Change[]): Cycle | null => {
  const own = changes.filter(({ level, slope }) => level !== null || slope !== null);
  const gaps = own.slice(1).map(({ at }, i) => at.estimate - own[i].at.estimate);
  if (gaps.length < LEAST_GAPS) return null;
  const every = quantile(gaps, 0.5);
  if (gaps.filter(gap => Math.abs(gap - every) <= ALIKE * every).length < MOST_ALIKE * gaps.length) return null;
  const tenth = Math.ceil(values.length / 10);
  const middle = (part: Float64Array): number => quantile(part, 0.5);
  const moved = Math.abs(middle(values.slice(-tenth)) - middle(values.slice(0, tenth)));
  const sizes = own.reduce((sum, { level }) => sum + Math.abs(level?.estimate ?? 0), 0);
  return moved < BACK * sizes ? { count: own.length, every } : null;
};
