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
  /** Largest jump between neighbouring means of cells that are worth some draws: a phase that decays while it is sampled is left out. */
  readonly jump: Jump;
  /** Whether the means on its two sides are apart by far more than their spreads: nothing was seen in between. */
  readonly unresolved: boolean;
  /** Mean of the cell of largest mean: what other means and spreads of this size are compared with. */
  readonly height: number;
  /** Largest |dm/dcontrol| over two cells, in heights per range of the control. */
  readonly steepness: number;
  /** Standard error of its logarithm. */
  readonly steepnessError: number;
  /** Mean ln variance at the disordered end, and its standard error. */
  readonly background: { readonly logVariance: number; readonly error: number };
}

export interface Jump {
  readonly height: number;
  /** Controls on its two sides. */
  readonly from: number;
  readonly to: number;
  /** Its height in sums of the standard deviations on its two sides. */
  readonly spreads: number;
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
  const all = sampled.map(size => ({
    size,
    cells: size.cells.map(cellStatistics).map(cell => (table.indicator ? asShare(cell) : cell)),
  }));
  return all.map(({ size, cells }) => profile(size, cells));
};

/** A share of draws, never quite 0 or 1, with the error of as many draws as it is worth. */
const asShare = (cell: CellStatistics): CellStatistics => {
  const mean = (cell.mean * cell.count + 0.5) / (cell.count + 1);
  const error = Math.sqrt((mean * (1 - mean)) / Math.max(1, cell.effective));
  return { ...cell, mean, error, logRatio: 0 };
};

const profile = ({ size }: SizeTable, cells: readonly CellStatistics[]): Profile => {
  const height = Math.max(...cells.map(({ mean }) => Math.abs(mean)));
  const peak = cells.reduce((best, cell) => (cell.variance > best.variance ? cell : best));
  const at = cells.indexOf(peak);
  const jump = jumpOf(cells);
  const span = cells[cells.length - 1].control - cells[0].control;
  let [steepness, steepnessError] = [0, Infinity];
  for (let i = 2; i < cells.length; i++) {
    const rise = Math.abs(cells[i].mean - cells[i - 2].mean);
    const slope = ((rise / height) * span) / (cells[i].control - cells[i - 2].control);
    if (!(slope > steepness)) continue;
    steepness = slope;
    const error = Math.sqrt(cells[i].error * cells[i].error + cells[i - 2].error * cells[i - 2].error);
    steepnessError = error / rise;
  }
  return {
    size,
    cells,
    peak,
    height,
    atEdge: at === 0 || at === cells.length - 1,
    jump,
    unresolved: jump.spreads > GAP && jump.height > HIGH * height,
    steepness,
    steepnessError,
    background: backgroundOf(cells),
  };
};

/** Draws that a cell on a side of a jump is worth. */
const SETTLED = 6;

const jumpOf = (cells: readonly CellStatistics[]): Jump => {
  const settled = cells.filter(({ effective }) => effective >= SETTLED);
  const used = settled.length >= 4 ? settled : cells;
  return used.slice(1).reduce(
    (largest: Jump, cell, i) => {
      const before = used[i];
      const height = Math.abs(cell.mean - before.mean);
      if (height <= largest.height) return largest;
      const spreads = height / (Math.sqrt(cell.variance) + Math.sqrt(before.variance));
      return { height, from: before.control, to: cell.control, spreads };
    },
    { height: 0, from: cells[0].control, to: cells[0].control, spreads: 0 },
  );
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
