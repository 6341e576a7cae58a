import { numberIn } from "../../formats/number-cell.ts";
import { type Growing, growingFloats, growingIndices } from "./growing.ts";

/** A column of a log: numbers and words by row, and nothing where a row has none. */
export interface LogColumn {
  readonly name: string;
  readonly numbers: Growing<Float64Array>;
  /** Rows of the numbers; undefined while they are those from 0 on. */
  rows: Growing<Uint32Array> | undefined;
  /** Row of the last number. */
  lastRow: number;
  words: Words | undefined;
  /** The numbers are dates in words, in seconds since 1970. */
  dates: boolean;
}

export interface Words {
  readonly texts: string[];
  readonly codes: Map<string, number>;
  readonly code: Growing<Uint32Array>;
  readonly rows: Growing<Uint32Array>;
  lastRow: number;
  /** Words that are too many to be held: free text. */
  dropped: number;
}

/** A log as it is read, row by row: columns appear when a row first has them. */
export interface LogTable {
  /** Of a finished row. */
  readonly rows: number;
  readonly columns: readonly LogColumn[];
  /** The place of a column, which is made when there is none. */
  column(name: string): number;
  /** A number of the row that is being filled; the last one counts. */
  number(column: number, value: number): void;
  /** A word of it, by what it means. */
  word(column: number, text: string): void;
  mean(column: number, meaning: Meaning): void;
  endRow(): void;
  /** Rows column by column: the numbers of columns[c] begin at values[c stride], NaN where a row has none. Each column stands there once. */
  addRows(columns: readonly number[], values: Float64Array, stride: number, rows: number): void;
  /** Goes to a row, for what is filled column by column; rows of a column ascend. At the end, to the number of rows. */
  seek(row: number): void;
}

/** Different words of one column that are held. */
const MOST_WORDS = 10_000;
/** Columns of one log. */
export const MOST_COLUMNS = 100_000;

export const logTable = (): LogTable => {
  const columns: LogColumn[] = [];
  const places = new Map<string, number>();
  let row = 0;
  const number = (column: number, value: number): void => {
    const into = columns[column];
    if (into.lastRow === row) {
      into.numbers.replaceLast(value);
      return;
    }
    if (into.rows === undefined && into.numbers.length !== row) {
      into.rows = growingIndices();
      for (let i = 0; i < into.numbers.length; i++) into.rows.push(i);
    }
    into.rows?.push(row);
    into.numbers.push(value);
    into.lastRow = row;
  };
  const mean = (column: number, meaning: Meaning): void => {
    if (meaning.kind === "word") {
      columns[column].words ??= {
        texts: [],
        codes: new Map(),
        code: growingIndices(),
        rows: growingIndices(),
        lastRow: -1,
        dropped: 0,
      };
      addWord(columns[column].words!, row, meaning.text);
    } else if (meaning.kind !== "nothing") {
      if (meaning.kind === "date") columns[column].dates = true;
      number(column, meaning.value);
    }
  };
  /** NaN is no value. */
  const numbers = (column: number, values: Float64Array): void => {
    const into = columns[column];
    let whole = into.rows === undefined && into.numbers.length === row;
    for (let i = 0; whole && i < values.length; i++) whole = !Number.isNaN(values[i]);
    if (whole) {
      into.numbers.pushAll(values);
      into.lastRow = row + values.length - 1;
      return;
    }
    const first = row;
    for (let i = 0; i < values.length; i++) {
      row = first + i;
      if (!Number.isNaN(values[i])) number(column, values[i]);
    }
    row = first;
  };
  return {
    get rows() {
      return row;
    },
    columns,
    column(name) {
      const known = places.get(name);
      if (known !== undefined) return known;
      places.set(name, columns.length);
      columns.push({ name, numbers: growingFloats(), rows: undefined, lastRow: -1, words: undefined, dates: false });
      return columns.length - 1;
    },
    number,
    word: (column, text) => mean(column, meaningOf(text)),
    mean,
    endRow() {
      row++;
    },
    addRows(into, values, stride, rows) {
      for (let c = 0; c < into.length; c++) numbers(into[c], values.subarray(c * stride, c * stride + rows));
      row += rows;
    },
    seek(to) {
      row = to;
    },
  };
};

/** What a cell in words holds: a number, a date as its time, a word, or nothing. */
export type Meaning =
  | { readonly kind: "number"; readonly value: number }
  /** In seconds since 1970. */
  | { readonly kind: "date"; readonly value: number }
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "nothing" };

export const meaningOf = (text: string): Meaning => {
  const time = DATE.test(text) ? secondsOf(text) : Number.NaN;
  if (!Number.isNaN(time)) return { kind: "date", value: time };
  const value = numberIn(text);
  if (value !== undefined && !/^na$/i.test(text)) return { kind: "number", value };
  return text === "" || MISSING.test(text) ? { kind: "nothing" } : { kind: "word", text };
};

const addWord = (words: Words, row: number, text: string): void => {
  let code = words.codes.get(text);
  if (code === undefined) {
    if (words.texts.length >= MOST_WORDS) {
      words.dropped++;
      return;
    }
    code = words.texts.length;
    words.codes.set(text, code);
    words.texts.push(text);
  }
  if (words.lastRow === row) words.code.replaceLast(code);
  else {
    words.code.push(code);
    words.rows.push(row);
    words.lastRow = row;
  }
};

/** How pandas, R, Keras and SQL write that there is no value. */
const MISSING = /^(na|n\/a|<na>|null|none|nat)$/i;
const DATE = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d|$)/;

/** Seconds since 1970 of a date of ISO 8601; without a zone it is taken for UTC, so that every machine says the same. */
const secondsOf = (text: string): number => {
  const time = text.length > DAY ? text.slice(DAY + 1).replace(" ", "") : "00:00";
  return Date.parse(`${text.slice(0, DAY)}T${time}${ZONE.test(time) ? "" : "Z"}`) / 1000;
};

/** Characters of a day. */
const DAY = 10;
const ZONE = /(Z|[-+]\d\d:?\d\d)$/;
