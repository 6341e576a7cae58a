import type { LogColumn, LogTable } from "../training/log-table.ts";

/** A column of a table of outputs: in each row a number, a word, or neither. */
export interface OutputColumn {
  readonly name: string;
  /** NaN where a row has no number. */
  readonly numbers: Float64Array;
  /** Words by row; empty for a column of numbers alone. */
  readonly words: ReadonlyMap<number, string>;
}

export interface OutputTable {
  readonly file: string;
  readonly rows: number;
  readonly columns: readonly OutputColumn[];
}

/** The columns of what a reader of logs gives, those without any value left out. */
export const outputTable = (file: string, { rows, columns }: LogTable): OutputTable => ({
  file,
  rows,
  columns: columns
    .map(column => spread(column, rows))
    .filter(({ numbers, words }) => words.size > 0 || numbers.some(each => !Number.isNaN(each))),
});

const spread = ({ name, numbers, rows: places, words }: LogColumn, rows: number): OutputColumn => {
  const out = new Float64Array(rows).fill(Number.NaN);
  const values = numbers.all();
  const at = places?.all();
  values.forEach((value, i) => {
    out[at ? at[i] : i] = value;
  });
  const texts = new Map<number, string>();
  if (words) {
    const [codes, wordRows] = [words.code.all(), words.rows.all()];
    for (let i = 0; i < codes.length; i++) texts.set(wordRows[i], words.texts[codes[i]]);
  }
  return { name, numbers: out, words: texts };
};

/** What stands in a row, as text; undefined for nothing. */
export const cellAt = ({ numbers, words }: OutputColumn, row: number): string | undefined =>
  words.get(row) ?? (Number.isNaN(numbers[row]) ? undefined : String(numbers[row]));

export const isNumeric = ({ words }: OutputColumn): boolean => words.size === 0;
