import type { RunRecord } from "../contracts/protocol.ts";
import { mean, standardDeviation } from "../numerics/statistics.ts";
import { type PhaseMap, readMap } from "../transitions/map/index.ts";
import { gridOf, placedCells, type SweepAxes } from "./sweep-axes.ts";

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

/** A run of a sweep. */
export interface PlacedRun {
  readonly column: number;
  readonly row: number;
  /** From 0; where the sweep was made several times over, those of each follow on those of the one before. */
  readonly seed: number;
  readonly label: string;
  readonly record: RunRecord;
}

/** A sweep as its records tell it: its runs, all cells row by row, and what all together say of each. */
export interface SweepMap {
  readonly axes: SweepAxes;
  readonly runs: readonly PlacedRun[];
  readonly reading: PhaseMap;
  readonly cells: readonly CellSummary[];
}

/** Maps that were read, by their records and then by the text of their axes: reading takes its time, and each picture asks for it anew. */
const known = new WeakMap<readonly RunRecord[], Map<string, SweepMap>>();

/** Records of kind "cell" by their places on the map. Throws where none lies on it. */
export const sweepMap = (records: readonly RunRecord[], axes: SweepAxes): SweepMap => {
  const name = JSON.stringify(axes);
  const byAxes = known.get(records) ?? new Map<string, SweepMap>();
  const map = byAxes.get(name) ?? readCells(records, axes);
  known.set(records, byAxes.set(name, map));
  return map;
};

const readCells = (records: readonly RunRecord[], axes: SweepAxes): SweepMap => {
  const { columns } = gridOf(axes);
  const runs = runsOf(records, axes);
  const reading = readMap(gridOf(axes), runs, axes);
  const orders = reading.cells.map((): number[] => []);
  for (const { column, row, record } of runs)
    if (typeof record.order === "number") orders[row * columns + column].push(record.order);
  const cells = reading.cells.map(({ column, row, votes }, i): CellSummary => {
    const count = reading.labels.reduce((sum, label) => sum + (votes[label] ?? 0), 0);
    const most = reading.labels.reduce((best, label) => Math.max(best, votes[label] ?? 0), 0);
    const label = count === 0 ? null : reading.labels.find(each => votes[each] === most)!;
    return { column, row, count, label, agreement: count === 0 ? null : most / count, order: overSeeds(orders[i]) };
  });
  return { axes, runs, reading, cells };
};

const runsOf = (records: readonly RunRecord[], axes: SweepAxes): readonly PlacedRun[] => {
  const placed = placedCells(records, axes);
  const seeds = placed.reduce((most, { record }) => Math.max(most, record.seed as number), 0) + 1;
  return placed.map(({ column, row, record }) => {
    const seed = record.chain * seeds + (record.seed as number);
    return { column, row, seed, label: record.label as string, record };
  });
};

const overSeeds = (values: readonly number[]): OverSeeds | null => {
  const count = values.length;
  if (count === 0) return null;
  const standardError = count === 1 ? null : standardDeviation(values) / Math.sqrt(count);
  return { mean: mean(values), standardError, count };
};
