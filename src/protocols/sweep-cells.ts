import type { RunRecord } from "../contracts/protocol.ts";
import { mean, standardDeviation } from "../numerics/statistics.ts";
import { type PhaseMap, readMap } from "../transitions/map/index.ts";
import { gridOf, placedCells, type SweepAxes, votesOf } from "./sweep-axes.ts";

/** What the runs of one cell of a sweep say by themselves. */
export interface CellSummary {
  readonly column: number;
  readonly row: number;
  readonly count: number;
  /** The phase in which most of its runs end, the first in the order of the map where several do; null without runs. */
  readonly label: string | null;
  /** Share of its runs that end there; null without runs. */
  readonly agreement: number | null;
  /** Over its runs that have an order parameter; null where none has. */
  readonly order: OverSeeds | null;
}

export interface OverSeeds {
  readonly mean: number;
  /** Null for a single run. */
  readonly standardError: number | null;
  readonly count: number;
}

/** A sweep as its records tell it: all cells row by row, and what all together say of each. */
export interface SweepMap {
  readonly axes: SweepAxes;
  readonly reading: PhaseMap;
  readonly cells: readonly CellSummary[];
}

/** Records of kind "cell" by their places on the map. Throws where none lies on it. */
export const sweepMap = (records: readonly RunRecord[], axes: SweepAxes): SweepMap => {
  const { columns } = gridOf(axes);
  const reading = readMap(gridOf(axes), votesOf(records, axes));
  const orders = reading.cells.map((): number[] => []);
  for (const { column, row, record } of placedCells(records, axes))
    if (typeof record.order === "number") orders[row * columns + column].push(record.order);
  const cells = reading.cells.map(({ column, row, votes }, i): CellSummary => {
    const count = reading.labels.reduce((sum, label) => sum + (votes[label] ?? 0), 0);
    const most = reading.labels.reduce((best, label) => Math.max(best, votes[label] ?? 0), 0);
    const label = count === 0 ? null : reading.labels.find(each => votes[each] === most)!;
    return { column, row, count, label, agreement: count === 0 ? null : most / count, order: overSeeds(orders[i]) };
  });
  return { axes, reading, cells };
};

const overSeeds = (values: readonly number[]): OverSeeds | null => {
  const count = values.length;
  if (count === 0) return null;
  const standardError = count === 1 ? null : standardDeviation(values) / Math.sqrt(count);
  return { mean: mean(values), standardError, count };
};
