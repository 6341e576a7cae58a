import { LandauError } from "../../errors.ts";
import { scanDecimal } from "../../formats/decimal.ts";
import { textLines, utf8Text } from "../../formats/text-lines.ts";
import { isObject, looseJson, putObject } from "./json-values.ts";
import { knownWords, type WordsMean } from "./known-words.ts";
import { leftOutLines } from "./left-out-lines.ts";
import { type LogTable, logTable, type Meaning, MOST_COLUMNS } from "./log-table.ts";

const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const SPACE = 0x20;
const BACKSLASH = 0x5c;

export interface RowReader {
  push(bytes: Uint8Array): void;
  end(): LogTable;
}

/** A key as it stood in the line before, with the quotes, and its column, -1 before it has a value. */
interface Key {
  readonly bytes: Uint8Array;
  readonly name: string;
  column: number;
  readonly words: WordsMean;
}

/** What JSON and Python have besides numbers and texts, by its first letter. */
const BARE: ReadonlyMap<number, { readonly bytes: Uint8Array; readonly meaning: Meaning }> = new Map(
  (
    [
      ["null", { kind: "nothing" }],
      ["true", { kind: "number", value: 1 }],
      ["false", { kind: "number", value: 0 }],
      ["NaN", { kind: "number", value: Number.NaN }],
      ["Infinity", { kind: "number", value: Infinity }],
      ["-Infinity", { kind: "number", value: -Infinity }],
    ] as const
  ).map(([word, meaning]) => [word.charCodeAt(0), { bytes: new TextEncoder().encode(word), meaning }]),
);

/**
 * JSON Lines: an object on each line. A flat one is taken byte by byte, with the keys of the line before as a guide; any other goes through
 * JSON.parse. Lines that are no object are left out and noted, and refused when they are most of the file.
 */
export const jsonLinesReader = (fileName: string, notes: string[]): RowReader => {
  const table = logTable();
  const lists = new Map<string, number>();
  const leftOut = leftOutLines(fileName, "not a JSON object");
  let keys: Key[] = [];
  let values = new Float64Array(64);
  /** Undefined for a number. */
  const meanings: (Meaning | undefined)[] = [];
  let width = 0;

  /** Fills `keys`, and `values` or `meanings`, from a flat line; false for one that needs the slow way. */
  const quick = (bytes: Uint8Array, view: DataView, from: number, to: number): boolean => {
    width = 0;
    let at = from + 1;
    for (;;) {
      while (bytes[at] === SPACE) at++;
      if (bytes[at] !== QUOTE) return false;
      let key: Key | undefined = keys[width];
      if (key !== undefined && startsWith(bytes, at, to, key.bytes)) at += key.bytes.length;
      else {
        const close = bytes.indexOf(QUOTE, at + 1);
        if (close < 0 || close >= to) return false;
        for (let i = at + 1; i < close; i++) if (bytes[i] === BACKSLASH) return false;
        key = keyOf(bytes, at, close);
        if (!key) return false;
        keys[width] = key;
        at = close + 1;
      }
      while (bytes[at] === SPACE) at++;
      if (bytes[at] !== COLON) return false;
      at++;
      while (bytes[at] === SPACE) at++;
      if (width === values.length) grow();
      const end = scanDecimal(bytes, view, at, to, values, width);
      if (end >= 0) {
        meanings[width] = undefined;
        at = end;
      } else if (bytes[at] === QUOTE) {
        const close = textEnd(bytes, at + 1, to);
        if (close < 0) return false;
        meanings[width] = key.words(bytes, at + 1, close);
        if (meanings[width] === undefined) return false;
        at = close + 1;
      } else {
        const bare = BARE.get(bytes[at]);
        if (bare === undefined || !startsWith(bytes, at, to, bare.bytes)) return false;
        meanings[width] = bare.meaning;
        at += bare.bytes.length;
      }
      width++;
      while (at < to && bytes[at] === SPACE) at++;
      if (at >= to) return false;
      if (bytes[at] === CLOSE) return at === to - 1;
      if (bytes[at] !== COMMA) return false;
      at++;
    }
  };

  const keyOf = (bytes: Uint8Array, open: number, close: number): Key | undefined => {
    if (table.columns.length + width >= MOST_COLUMNS) return undefined;
    try {
      const name = utf8Text(bytes.subarray(open + 1, close), fileName, 0);
      return { bytes: bytes.slice(open, close + 1), name, column: -1, words: knownWords() };
    } catch {
      return undefined;
    }
  };

  const grow = (): void => {
    const more = new Float64Array(2 * values.length);
    more.set(values);
    values = more;
  };

  const lines = textLines(fileName, false, (bytes, view, begin, end, line, ended) => {
    let [from, to] = [begin, end];
    while (from < to && bytes[from] <= SPACE) from++;
    while (to > from && bytes[to - 1] <= SPACE) to--;
    if (from === to) return;
    if (bytes[from] === OPEN && quick(bytes, view, from, to)) {
      for (let i = 0; i < width; i++) {
        const [key, meaning] = [keys[i], meanings[i]];
        if (key.column < 0) key.column = table.column(key.name);
        if (meaning === undefined) table.number(key.column, values[i]);
        else table.mean(key.column, meaning);
      }
      table.endRow();
      return;
    }
    const value = bytes[from] === OPEN ? looseJson(utf8Text(bytes.subarray(from, to), fileName, line)) : undefined;
    if (!isObject(value)) {
      leftOut.line(line, ended);
      return;
    }
    putObject(table, value, lists);
    if (table.columns.length > MOST_COLUMNS)
      throw new LandauError("input", `${fileName}:${line}: more than ${MOST_COLUMNS} different keys: is it a log?`);
    if (keys.length > 256) keys = [];
    table.endRow();
  });
  return {
    push: lines.push,
    end() {
      lines.end();
      leftOut.end(table.rows, notes);
      for (const [name, count] of lists) notes.push(`${fileName}: ${name} holds ${count} lists, not used`);
      return table;
    },
  };
};

/** The quote behind a text without escapes; -1 for any other. */
const textEnd = (bytes: Uint8Array, from: number, to: number): number => {
  for (let at = from; at < to; at++) {
    if (bytes[at] === QUOTE) return at;
    if (bytes[at] === BACKSLASH || bytes[at] < SPACE) return -1;
  }
  return -1;
};

const startsWith = (bytes: Uint8Array, at: number, to: number, start: Uint8Array): boolean => {
  if (at + start.length > to) return false;
  for (let i = 0; i < start.length; i++) if (bytes[at + i] !== start[i]) return false;
  return true;
};
