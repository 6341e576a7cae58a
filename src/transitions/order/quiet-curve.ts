import { log } from "../../numerics/elementary.ts";
import type { OrderTable, SizeTable } from "./table.ts";

/** Sweeps, averages and runs without noise have few values at a control. */
const FEW = 8;
const LEAST_POINTS = 6;

/**
 * An order parameter over the control that hardly fluctuates, from where it is large to where it is small, as shares of its largest value. Of the two
 * directions of a sweep the larger value counts: it is the one that holds on to order.
 */
export interface QuietCurve {
  readonly controls: readonly number[];
  readonly values: readonly number[];
  /** Whether the control was moved, so that values may be late. */
  readonly swept: boolean;
  /** Middle of the two directions of a sweep, and half of their distance in ln m, smoothed; infinite where only one of them is in order. */
  readonly middle: readonly number[];
  readonly halfLoop: readonly number[];
}

/** The slowest sweep at the largest size, or the plain curve; null where cells are sampled. */
export const quietCurve = ({ sizes }: OrderTable): QuietCurve | null => {
  const table = sizes[sizes.length - 1];
  const all = table.cells.flatMap(({ series }) => series);
  if (!table.cells.every(({ series }) => series.every(({ values }) => values.length < FEW))) return null;
  const pace = Math.max(...all.map(each => each.pace));
  const curves = ([undefined, "up", "down"] as const)
    .map(direction => branchAt(table, pace, direction))
    .filter(branch => branch.size >= LEAST_POINTS)
    .sort((a, b) => b.size - a.size);
  if (curves.length === 0) return null;
  const [one, other = one] = curves;
  const pairs = [...one]
    .map(([control, value]) => ({ control, values: [value, other.get(control) ?? value] }))
    .sort((a, b) => a.control - b.control);
  const largest = ({ values }: (typeof pairs)[number]): number => Math.max(...values);
  if (largest(pairs[0]) < largest(pairs[pairs.length - 1])) pairs.reverse();
  const top = Math.max(...pairs.map(largest));
  if (!(top > 0)) return null;
  return {
    controls: pairs.map(({ control }) => control),
    values: pairs.map(pair => largest(pair) / top),
    swept: all.some(({ direction }) => direction !== undefined),
    middle: pairs.map(({ values: [a, b] }) => Math.sqrt(a * b) / top),
    halfLoop: smoothed(
      pairs.map(({ values: [a, b] }) => (a > 0 && b > 0 ? 0.5 * Math.abs(log(a / b)) : a === b ? 0 : Infinity)),
    ),
  };
};

type Branch = ReadonlyMap<number, number>;

/** Median over runs at each control. */
const branchAt = ({ cells }: SizeTable, pace: number, direction: "up" | "down" | undefined): Branch =>
  new Map(
    cells.flatMap(({ control, series }): [number, number][] => {
      const values = series
        .filter(each => each.pace === pace && each.direction === direction)
        .flatMap(each => [...each.values])
        .map(Math.abs)
        .sort((a, b) => a - b);
      return values.length > 0 ? [[control, values[values.length >> 1]]] : [];
    }),
  );

/** Each value, but no less than the median of five around it: two directions may meet by chance. */
const smoothed = (values: readonly number[]): number[] =>
  values.map((value, i) => {
    const around = values.slice(Math.max(0, i - 2), i + 3).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    return Math.max(value, around[around.length >> 1]);
  });
