import type { ResponseMatrix } from "../coefficient/response/index.ts";
import { numberText } from "./number-text.ts";

/** Cells of a response matrix as a reader wants them: small ones in a unit that all share, errors with one digit. */
export interface CellsInWords {
  readonly unit: number;
  /** "in units of 1e-3"; empty where the unit is 1. */
  readonly units: string;
  /** "-0.543 ±0.03", row by row. */
  readonly texts: readonly (readonly string[])[];
}

export const cellsInWords = (cells: ResponseMatrix["cells"]): CellsInWords => {
  const unit = unitOf(cells.flat().map(({ value }) => Math.abs(value)));
  return {
    unit,
    units: unit === 1 ? "" : `in units of ${unit.toExponential(0)}`,
    texts: cells.map(line =>
      line.map(({ value, standardError }) => {
        const error = standardError / unit;
        return `${numberText(value / unit, error)} ±${Number(error.toPrecision(1))}`;
      }),
    ),
  };
};

/** 1, or the power of ten of the largest where all are small. */
const unitOf = (sizes: readonly number[]): number => {
  const most = Math.max(...sizes);
  return most > 0.01 || most === 0 ? 1 : Number(`1e${Math.floor(Math.log10(most))}`);
};
