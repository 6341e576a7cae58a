import { LandauError } from "../errors.ts";
import type { NumberTable } from "../formats/columns.ts";
import type { NamedTable } from "./sections.ts";
import { readParquetTable } from "./training/parquet-table.ts";

/** A Parquet file with a column for each quantity, as text of the same columns is read. Cells without a number are NaN. */
export const parquetDraws = async (bytes: Uint8Array, fileName: string): Promise<NamedTable> => {
  const notes: string[] = [];
  const read = await readParquetTable(bytes, fileName, notes);
  if (read.rows === 0) throw new LandauError("input", `${fileName}: no row: needs a row for each draw`);
  const columns = read.columns.map(({ numbers, rows }) => {
    const values = new Float64Array(read.rows).fill(Number.NaN);
    const all = numbers.all();
    const places = rows?.all();
    for (let i = 0; i < all.length; i++) values[places ? places[i] : i] = all[i];
    return values;
  });
  const words = read.columns.map(column => {
    const { words } = column;
    const found = new Map<number, string>();
    if (!words) return found;
    const [rows, codes] = [words.rows.all(), words.code.all()];
    for (let i = 0; i < rows.length; i++) found.set(rows[i], words.texts[codes[i]]);
    return found;
  });
  const table: NumberTable = {
    header: read.columns.map(({ name }) => name),
    columns: columns.length,
    rows: read.rows,
    repeats: [],
    comments: [],
    torn: false,
    shortHeader: false,
    value: (row, column) => columns[column][row],
    column: (column, rows) => Float64Array.from(rows, row => columns[column][row]),
    words: column => words[column],
    lineOf: row => row + 1,
  };
  return { name: fileName, table, notes };
};
