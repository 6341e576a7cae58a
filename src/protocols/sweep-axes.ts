import type { RunRecord } from "../contracts/protocol.ts";
import { invalid } from "../errors.ts";
import { sweepValues } from "../numerics/sweep-values.ts";
import type { MapGrid, Vote } from "../transitions/map/index.ts";

/** Control of the second axis of a sweep that has only one. */
export const NO_AXIS = "none";

/** What of a sweep's settings lays out its map. */
export interface AxisSettings {
  readonly xControl: string;
  readonly xScale: "linear" | "log";
  readonly xFrom: number;
  readonly xTo: number;
  readonly columns: number;
  readonly yControl: string;
  readonly yScale: "linear" | "log";
  readonly yFrom: number;
  readonly yTo: number;
  readonly rows: number;
  /** Exact ones do not depend on their seed: a cell with a run is what the run says. */
  readonly votes?: "noisy" | "exact";
}

export interface SweepAxis {
  readonly control: string;
  readonly scale: "linear" | "log";
  /** Ascending: the value in each column, or in each row. */
  readonly values: readonly number[];
}

export interface SweepAxes {
  readonly x: SweepAxis;
  /** Null for a sweep of one control, whose map has one row. */
  readonly y: SweepAxis | null;
  /** How cells with runs are read. */
  readonly exact: boolean;
}

/** Digits of the values on an axis: few enough that finer and wider axes give the same number where they meet. */
const DIGITS = 10;

/** The axes of a sweep. Throws a LandauError of kind "input" for ends that are not ascending, and for a logarithmic axis that reaches zero. */
export const axesOf = (settings: AxisSettings): SweepAxes => {
  const { xControl, xScale, xFrom, xTo, columns, yControl, yScale, yFrom, yTo, rows, votes } = settings;
  const exact = votes === "exact";
  const x = { control: xControl, scale: xScale, values: axisValues("x", xScale, xFrom, xTo, columns) };
  if (yControl === NO_AXIS) return { x, y: null, exact };
  return { x, y: { control: yControl, scale: yScale, values: axisValues("y", yScale, yFrom, yTo, rows) }, exact };
};

const axisValues = (
  name: "x" | "y",
  scale: "linear" | "log",
  from: number,
  to: number,
  count: number,
): readonly number[] => {
  if (scale === "log" && !(from > 0)) throw invalid(`${name}From`, from, "a positive number on a logarithmic axis");
  if (!(from < to)) throw invalid(`${name}To`, to, `more than ${name}From, which is ${from}`);
  const values = Array.from(sweepValues(from, to, count, scale), value => Number(value.toPrecision(DIGITS)));
  const twice = values.findIndex((value, i) => i > 0 && !(value > values[i - 1]));
  if (twice > 0) throw invalid(`${name}To`, to, `so far from ${name}From that ${count} values differ`);
  return values;
};

export const gridOf = ({ x, y }: Pick<SweepAxes, "x" | "y">): MapGrid => ({
  columns: x.values.length,
  rows: y ? y.values.length : 1,
});

/** Where the cells of a sweep lie: a function of the records' x and y, since the same cell lies elsewhere on a wider map. */
export interface Placed<Cell> {
  readonly column: number;
  readonly row: number;
  readonly record: Cell;
}

/** The records of kind "cell" with their places on the map, those left out that lie between its columns or rows. */
export const placedCells = <Cell extends RunRecord>(
  records: readonly Cell[],
  { x, y }: Pick<SweepAxes, "x" | "y">,
): readonly Placed<Cell>[] => {
  const columns = new Map(x.values.map((value, i) => [value, i]));
  const rows = y && new Map(y.values.map((value, i) => [value, i]));
  return records.flatMap(record => {
    const column = columns.get(record.x as number);
    const row = rows ? rows.get(record.y as number) : 0;
    return column === undefined || row === undefined ? [] : [{ column, row, record }];
  });
};

/** The votes of a sweep's records, for `readMap` and `nextRuns`. */
export const votesOf = (records: readonly RunRecord[], axes: SweepAxes): readonly Vote[] =>
  placedCells(
    records.filter(({ kind }) => kind === "cell"),
    axes,
  ).map(({ column, row, record: { seed, label } }) => ({ column, row, seed: seed as number, label: label as string }));
