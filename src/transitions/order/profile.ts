import { log } from "../../numerics/elementary.ts";
import { type CellStatistics, cellStatistics } from "./cell-statistics.ts";
import type { OrderTable, SizeTable } from "./table.ts";

/** A size seen as a curve over the control. */
export interface Profile {
  readonly size: number;
  readonly cells: readonly CellStatistics[];
  /** The cell of largest variance. */
  readonly peak: CellStatistics;
  /** Whether that is the first or the last cell, so that the true peak may lie outside. */
  readonly atEdge: boolean;
  /** Largest jump between neighbouring means. */
  readonly jump: { readonly height: number; readonly from: number; readonly to: number };
  /** Whether the means on its two sides are apart by far more than their spreads: nothing was seen in between. */
  readonly unresolved: boolean;
  /** Largest |dm/dcontrol| over two cells, in ranges of m per range of the control. */
  readonly steepness: number;
  /** Standard error of its logarithm. */
  readonly steepnessError: number;
  /** Mean ln variance at the disordered end, and its standard error. */
  readonly background: { readonly logVariance: number; readonly error: number };
}

/** Samples a cell needs before its spread means anything. */
export const ENOUGH = 8;
const GAP = 2.5;
const HIGH = 0.5;

/** The curves of the sizes whose cells are sampled. */
export const profilesOf = (table: OrderTable): Profile[] => {
  const sampled = table.sizes.filter(({ cells }) =>
    cells.every(({ series }) => series.reduce((sum, { values }) => sum + values.length, 0) >= ENOUGH),
  );
  const all = sampled.map(size => ({ size, cells: size.cells.map(cellStatistics) }));
  const means = all.flatMap(({ cells }) => cells.map(({ mean }) => mean));
  const whole = Math.max(...means) - Math.min(...means);
  return all.map(({ size, cells }) => profile(size, cells, whole));
};

const profile = ({ size }: SizeTable, cells: readonly CellStatistics[], whole: number): Profile => {
  const peak = cells.reduce((best, cell) => (cell.variance > best.variance ? cell : best));
  const at = cells.indexOf(peak);
  let jump = { height: 0, from: cells[0].control, to: cells[0].control };
  let gap = 0;
  for (let i = 1; i < cells.length; i++) {
    const height = Math.abs(cells[i].mean - cells[i - 1].mean);
    if (height <= jump.height) continue;
    jump = { height, from: cells[i - 1].control, to: cells[i].control };
    gap = height / (Math.sqrt(cells[i].variance) + Math.sqrt(cells[i - 1].variance));
  }
  const span = cells[cells.length - 1].control - cells[0].control;
  let [steepness, steepnessError] = [0, Infinity];
  for (let i = 2; i < cells.length; i++) {
    const rise = Math.abs(cells[i].mean - cells[i - 2].mean);
    const slope = ((rise / whole) * span) / (cells[i].control - cells[i - 2].control);
    if (!(slope > steepness)) continue;
    steepness = slope;
    const error = Math.sqrt(cells[i].error * cells[i].error + cells[i - 2].error * cells[i - 2].error);
    steepnessError = error / rise;
  }
  return {
    size,
    cells,
    peak,
    atEdge: at === 0 || at === cells.length - 1,
    jump,
    unresolved: gap > GAP && jump.height > HIGH * whole,
    steepness,
    steepnessError,
    background: backgroundOf(cells),
  };
};

const backgroundOf = (cells: readonly CellStatistics[]) => {
  const reach = Math.max(2, Math.round(cells.length * 0.15));
  const low = cells.slice(0, reach);
  const high = cells.slice(-reach);
  const level = (part: readonly CellStatistics[]): number =>
    part.reduce((sum, { mean }) => sum + Math.abs(mean), 0) / part.length;
  const disordered = (level(low) < level(high) ? low : high).filter(({ variance }) => variance > 0);
  const logVariance = disordered.reduce((sum, { variance }) => sum + log(variance), 0) / Math.max(1, disordered.length);
  const square = disordered.reduce((sum, { logVarianceError }) => sum + logVarianceError * logVarianceError, 0);
  return { logVariance, error: Math.sqrt(square) / Math.max(1, disordered.length) };
};
