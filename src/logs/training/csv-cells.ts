import { scanDecimal } from "../../formats/decimal.ts";
import { knownWords } from "./known-words.ts";
import type { LogTable, Meaning } from "./log-table.ts";

const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const POINT = 0x2e;
const ZERO = 0x30;
/** A decimal that is longer is left to slower means. */
const LONGEST_DECIMAL = 32;

/** A decimal with a comma for its point, and points between thousands. */
export const DECIMAL_COMMA = /^[-+]?(\d{1,3}(\.\d{3})+|\d*),\d+(e[-+]?\d+)?$/i;

const NOTHING: Meaning = { kind: "nothing" };

export interface CsvCells {
  /** Understands a row; false for one that is left to slower means: of another length, with doubled quotes, or with a name of the header in it. */
  take(bytes: Uint8Array, view: DataView, from: number, to: number): boolean;
  /** Puts the row into the table, and ends it there; how many of its numbers had a decimal comma. */
  put(table: LogTable, columns: readonly number[]): number;
  /** The row held nothing but plain numbers and blanks. */
  readonly plain: boolean;
}

/** The cells of one row after the other, from bytes: numbers as they stand, words by what their bytes meant before. */
export const csvCells = (width: number, separator: number, header: readonly string[]): CsvCells => {
  const values = new Float64Array(width);
  /** Undefined for a number. */
  const meanings: (Meaning | undefined)[] = new Array(width).fill(NOTHING);
  const names = new Set(header);
  // What slower means may take for something else is left to them.
  const isOther = (text: string): boolean =>
    names.has(text) || text !== text.trim() || (separator !== COMMA && DECIMAL_COMMA.test(text));
  const words = Array.from({ length: width }, () => knownWords(header, isOther));
  const scratch = new Uint8Array(LONGEST_DECIMAL);
  const scratchView = new DataView(scratch.buffer);
  let [commas, plain] = [0, true];

  /** A decimal with a comma for a point, and nothing else; false for any other cell. */
  const decimalComma = (bytes: Uint8Array, from: number, to: number, column: number): boolean => {
    if (to - from > LONGEST_DECIMAL) return false;
    let comma = -1;
    for (let i = from; i < to; i++) {
      if (bytes[i] === POINT || (bytes[i] === COMMA && comma >= 0)) return false;
      if (bytes[i] === COMMA) comma = i;
      scratch[i - from] = bytes[i] === COMMA ? POINT : bytes[i];
    }
    const isFraction = comma >= 0 && comma + 1 < to && bytes[comma + 1] >= ZERO && bytes[comma + 1] <= ZERO + 9;
    return isFraction && scanDecimal(scratch, scratchView, 0, to - from, values, column) === to - from;
  };

  const take = (bytes: Uint8Array, view: DataView, from: number, to: number): boolean => {
    [commas, plain] = [0, true];
    let at = from;
    for (let column = 0; column < width; column++) {
      while (at < to && bytes[at] === SPACE) at++;
      if (at === to || bytes[at] === separator) {
        if (separator === SPACE) return false;
        meanings[column] = NOTHING;
      } else {
        let end = scanDecimal(bytes, view, at, to, values, column);
        if (end >= 0 && separator !== SPACE) while (end < to && bytes[end] === SPACE) end++;
        if (end >= 0 && (end === to || bytes[end] === separator)) meanings[column] = undefined;
        else {
          plain = false;
          const quoted = bytes[at] === QUOTE;
          const begin = quoted ? at + 1 : at;
          for (end = begin; end < to && bytes[end] !== (quoted ? QUOTE : separator); end++)
            if (bytes[end] === QUOTE) return false;
          if (quoted && end === to) return false;
          let last = end;
          if (!quoted) while (bytes[last - 1] === SPACE) last--;
          if (quoted && scanDecimal(bytes, view, begin, end, values, column) === end) meanings[column] = undefined;
          else if (separator !== COMMA && decimalComma(bytes, begin, last, column)) {
            meanings[column] = undefined;
            commas++;
          } else {
            meanings[column] = words[column](bytes, begin, last);
            if (meanings[column] === undefined) return false;
          }
          if (quoted) for (end++; separator !== SPACE && end < to && bytes[end] === SPACE; ) end++;
        }
        at = end;
      }
      if (column === width - 1) return at === to;
      if (at === to || bytes[at] !== separator) return false;
      at++;
    }
    return false;
  };

  return {
    take,
    put(table, columns) {
      for (let i = 0; i < width; i++) {
        const meaning = meanings[i];
        if (meaning === undefined) table.number(columns[i], values[i]);
        else table.mean(columns[i], meaning);
      }
      table.endRow();
      return commas;
    },
    get plain() {
      return plain;
    },
  };
};
