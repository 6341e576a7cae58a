import type { LandauError } from "../errors.ts";
import { cellsOf, separatorOf } from "./delimited-cells.ts";
import { numberIn } from "./number-cell.ts";

type Refuse = (line: number, why: string) => LandauError;

export interface FirstLine {
  readonly raw: string;
  readonly line: number;
}

export interface Form {
  readonly separator: string;
  /** Absent when the first line holds numbers. */
  readonly header?: readonly string[];
  /** The line of the header as it stands in the file. */
  readonly headerText?: string;
  readonly width: number;
  readonly shortHeader: boolean;
}

/** Separator and header, from the first line and the one below it. */
export const formOf = ({ raw, line }: FirstLine, second: string | undefined, bad: Refuse): Form => {
  const separator = separatorOfLines(raw, second);
  const cells = cellsOf(raw, separator, why => bad(line, why));
  if (isDraw(cells, second)) return { separator, width: cells.length, shortHeader: false };
  const below = second === undefined ? cells.length : cellsOf(second, separator, why => bad(line + 1, why)).length;
  const shortHeader = below === cells.length + 1 && cells.every(cell => cell !== "") && /^\s*"/.test(second!);
  const header = shortHeader ? ["", ...cells] : cells;
  header.forEach((name, column) => {
    if (name !== "" && header.indexOf(name) < column) throw bad(line, `two columns are named ${JSON.stringify(name)}`);
  });
  return { separator, header, headerText: raw, width: header.length, shortHeader };
};

/**
 * Whether the first line holds numbers in place of names. Whole numbers that count up from 0 or 1 are the names that pandas and R give to columns without
 * one; a single such number is a name only above numbers that are not whole.
 */
const isDraw = (cells: readonly string[], second: string | undefined): boolean => {
  if (!cells.every(cell => numberIn(cell) !== undefined && !/^(true|false)$/i.test(cell))) return false;
  if (!cells.some(cell => /\d/.test(cell))) return false;
  const names =
    Number(cells[0]) <= 1 && cells.every((cell, i) => /^\d+$/.test(cell) && Number(cell) === Number(cells[0]) + i);
  return !names || (cells.length === 1 && (second === undefined || /^\s*-?\d+\s*$/.test(second)));
};

/** As `separatorOf`; spaces separate when they do so in both lines alike, as a single column may have a name with a space in it. */
const separatorOfLines = (first: string, second: string | undefined): string => {
  const separator = separatorOf(first);
  if (first.includes(separator) || second === undefined || /[,;\t]/.test(second)) return separator;
  const count = (text: string): number => (text.trim().match(/"[^"]*"|\S+/g) ?? []).length;
  const [above, below] = [count(first), count(second)];
  return below > 1 && (below === above || below === above + 1) ? " " : separator;
};
