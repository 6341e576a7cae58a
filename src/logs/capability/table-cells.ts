import type { LogTable } from "../training/log-table.ts";

/** A column of a table, read by row. */
export interface Cells {
  readonly name: string;
  /** NaN where the row has no number. */
  number(row: number): number;
  /** What stands there, a number as it is printed; empty where the row has nothing. */
  text(row: number): string;
}

/** Columns of a table by name, so that rows can be read across. */
export const cellsOfTable = (table: LogTable): readonly Cells[] =>
  table.columns.map(({ name, numbers, rows, words }) => {
    const values = numbers.all();
    const places = rows?.all();
    const numberAt = new Map<number, number>();
    for (let i = 0; i < values.length; i++) numberAt.set(places ? places[i] : i, values[i]);
    const wordAt = new Map<number, string>();
    if (words) {
      const [codes, at] = [words.code.all(), words.rows.all()];
      for (let i = 0; i < codes.length; i++) wordAt.set(at[i], words.texts[codes[i]]);
    }
    return {
      name,
      number: row => numberAt.get(row) ?? Number.NaN,
      text: row => wordAt.get(row) ?? (numberAt.has(row) ? String(numberAt.get(row)) : ""),
    };
  });
