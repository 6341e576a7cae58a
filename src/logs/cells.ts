import { LandauError } from "../errors.ts";
import type { Section } from "./sections.ts";

/** The numbers of a column in the given rows, NaN where a cell is blank. */
export const numbersOf = ({ table, names }: Section, name: string, rows: Uint32Array): Float64Array =>
  table.column(names.indexOf(name), rows);

/** Throws for words in a column of numbers, and where all cells are blank. */
export const checkNumbers = (section: Section, name: string, rows: Uint32Array): void => {
  const { table, names } = section;
  const words = table.words(names.indexOf(name));
  if (words.size === 0) return;
  const blank = words.size >= table.rows;
  for (const [row, word] of words)
    if ((word !== "" || blank) && holds(rows, row))
      throw badCell(
        section,
        name,
        row,
        `a number, NaN or Infinity${DECIMAL_COMMA.test(word) ? " with a decimal point" : ""}`,
      );
};

const DECIMAL_COMMA = /^[-+]?\d+,\d+(e[-+]?\d+)?$/i;

export const badCell = ({ file, table, names }: Section, name: string, row: number, needs: string): LandauError => {
  const column = names.indexOf(name);
  const cell = table.words(column).get(row) ?? String(table.value(row, column));
  const shown = cell.length > 40 ? `${cell.slice(0, 37)}...` : cell;
  return new LandauError(
    "input",
    `${file}:${table.lineOf(row)}: column ${JSON.stringify(name)} is ${JSON.stringify(shown)}: needs ${needs}`,
  );
};

/** Whether ascending rows hold one. */
const holds = (rows: Uint32Array, row: number): boolean => {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle] < row) low = middle + 1;
    else high = middle;
  }
  return rows[low] === row;
};
