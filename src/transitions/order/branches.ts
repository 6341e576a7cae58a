import type { OrderTable, SizeTable } from "./table.ts";

/** The two directions of a sweep at one size and pace, over the controls that both visited. */
export interface Loop {
  readonly size: number;
  readonly pace: number;
  readonly controls: readonly number[];
  /** Means over all runs. */
  readonly up: readonly number[];
  readonly down: readonly number[];
  /** Direction that begins at the end where the order parameter is large. */
  readonly ordered: "up" | "down";
}

const LEAST = 4;

/** The loops of a table, by size and pace, both ascending. */
export const loopsOf = ({ sizes }: OrderTable): Loop[] =>
  sizes.flatMap(table => {
    const paces = [...new Set(table.cells.flatMap(({ series }) => series.map(({ pace }) => pace)))].sort(
      (a, b) => a - b,
    );
    return paces.flatMap(pace => {
      const loop = loopAt(table, pace);
      return loop ? [loop] : [];
    });
  });

const loopAt = ({ size, cells }: SizeTable, pace: number): Loop | null => {
  const both = cells.flatMap(({ control, series }) => {
    const mean = (direction: "up" | "down"): number | null => {
      let [sum, count] = [0, 0];
      for (const each of series) {
        if (each.direction !== direction || each.pace !== pace) continue;
        for (const value of each.values) sum += value;
        count += each.values.length;
      }
      return count > 0 ? sum / count : null;
    };
    const [up, down] = [mean("up"), mean("down")];
    return up === null || down === null ? [] : [{ control, up, down }];
  });
  if (both.length < LEAST) return null;
  const [first, last] = [both[0], both[both.length - 1]];
  const atLow = Math.abs(first.up + first.down);
  const atHigh = Math.abs(last.up + last.down);
  return {
    size,
    pace,
    controls: both.map(({ control }) => control),
    up: both.map(({ up }) => up),
    down: both.map(({ down }) => down),
    ordered: atLow >= atHigh ? "up" : "down",
  };
};
