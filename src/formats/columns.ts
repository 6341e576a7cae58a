import { LandauError } from "../errors.ts";
import { scanDecimal } from "./decimal.ts";
import { cellsOf } from "./delimited-cells.ts";
import { numberIn } from "./number-cell.ts";
import { FEW, plainRows } from "./plain-rows.ts";
import { type FirstLine, type Form, formOf } from "./table-form.ts";
import { type TakeLines, textLines, utf8Text } from "./text-lines.ts";

/** A table of numbers, read from delimited text. Cells that hold no number are kept as text. */
export interface NumberTable {
  /** Names of the columns as they stand in the file, perhaps empty; undefined when the first line holds numbers. */
  readonly header: readonly string[] | undefined;
  readonly columns: number;
  readonly rows: number;
  /** Where a header like the first stands once more: files that were joined. */
  readonly repeats: readonly Repeat[];
  readonly comments: readonly Comment[];
  /** The last line was cut in the middle and is left out. */
  readonly torn: boolean;
  /** The first column has no name as every line has one cell more than the header: R's write.table. */
  readonly shortHeader: boolean;
  /** NaN where a cell holds no number. */
  value(row: number, column: number): number;
  /** Numbers of a column for the given rows, which ascend. */
  column(column: number, rows: Uint32Array): Float64Array;
  /** The cells of a column that hold no number, by row. */
  words(column: number): ReadonlyMap<number, string>;
  /** The line of the file, from 1, on which a row begins. */
  lineOf(row: number): number;
}

export interface Comment {
  readonly line: number;
  /** Rows above it. */
  readonly row: number;
  /** Without the mark. */
  readonly text: string;
}

export interface Repeat {
  readonly line: number;
  /** Rows above it. */
  readonly row: number;
}

export interface ColumnReader {
  /** The next bytes of the file, which are not kept. */
  push(bytes: Uint8Array): void;
  end(): NumberTable;
}

/** Numbers in a block of rows, 2 MiB. A block has one column behind the other. */
const BLOCK = 262_144;
const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;

/**
 * Reads numbers from text with comma, semicolon, tab or spaces between the cells, piece by piece, so that only the numbers are held. Lines that begin with # are comments.
 * Cells may be quoted; a byte-order mark, blank lines and a last line that breaks off are expected.
 *
 * Throws a LandauError of kind "input" that names the file and the line, for a line of another length than the first, a quote that
 * does not end, two columns of one name, or bytes that are no UTF-8.
 */
export const columnReader = (fileName: string): ColumnReader => {
  const bad = (line: number, why: string): LandauError => new LandauError("input", `${fileName}:${line}: ${why}`);
  const textOf = (bytes: Uint8Array, line: number): string => utf8Text(bytes, fileName, line);

  let firstLine: FirstLine | undefined;
  let form: Form | undefined;
  let rows = 0;
  let torn = false;
  let width = 0;
  let rowsPerBlock = 0;
  const blocks: Float64Array[] = [];
  const words: Map<number, string>[] = [];
  const known = new Map<string, string>();
  const comments: Comment[] = [];
  const repeats: Repeat[] = [];
  /** Rows whose line is not the one after that of the row before, and that line. */
  const [jumpRows, jumpLines]: [number[], number[]] = [[], []];
  let lastLine = 0;

  const keepWord = (column: number, word: string): void => {
    const kept = known.get(word) ?? word;
    // A word that repeats is held once; those of a column of names are too many to compare.
    if (known.size < 1000) known.set(word, kept);
    words[column].set(rows, kept);
  };

  /** Absent before the first row, and where spaces stand between cells, one or more of them. */
  let plain: TakeLines | undefined;
  let quickRows = 0;

  const place = (): Float64Array => {
    if (rows >= blocks.length * rowsPerBlock) blocks.push(new Float64Array(rowsPerBlock * width));
    return blocks[blocks.length - 1];
  };

  /** One row, or several on lines that follow each other. */
  const rowDone = (at: number, count = 1): void => {
    if (at !== lastLine + 1 || rows === 0) {
      jumpRows.push(rows);
      jumpLines.push(at);
    }
    lastLine = at + count - 1;
    rows += count;
  };

  /** Takes a line cell by cell; false for one of another length, with doubled quotes, or that may be the header once more. */
  const quickRow = (
    bytes: Uint8Array,
    view: DataView,
    from: number,
    to: number,
    at: number,
    separator: number,
  ): boolean => {
    const into = place();
    let target = rows % rowsPerBlock;
    let here = from;
    for (let column = 0; column < width; column++) {
      while (here < to && bytes[here] === SPACE) here++;
      let end = scanDecimal(bytes, view, here, to, into, target);
      if (end >= 0 && separator !== SPACE) while (end < to && bytes[end] === SPACE) end++;
      if (end < 0 || (end < to && bytes[end] !== separator)) {
        end = quickWord(bytes, here, to, at, separator, column, into, target);
        if (end < 0) return false;
      }
      target += rowsPerBlock;
      if (column === width - 1) {
        while (end < to && bytes[end] === SPACE) end++;
        return end === to;
      }
      if (end >= to) return false;
      here = end + 1;
    }
    return false;
  };

  /** Takes a cell that is no plain decimal; where it ends, or -1 for what is left to the slow way. */
  const quickWord = (
    bytes: Uint8Array,
    from: number,
    to: number,
    at: number,
    separator: number,
    column: number,
    into: Float64Array,
    target: number,
  ): number => {
    let end = from;
    let word: string;
    if (bytes[from] === QUOTE) {
      const close = bytes.indexOf(QUOTE, from + 1);
      if (close < 0 || close >= to) return -1;
      end = close + 1;
      if (end < to && bytes[end] !== separator) return -1;
      word = textOf(bytes.subarray(from + 1, close), at);
    } else {
      while (end < to && bytes[end] !== separator && bytes[end] !== QUOTE) end++;
      if (end < to && bytes[end] === QUOTE) return -1;
      word = textOf(bytes.subarray(from, end), at).trim();
    }
    if (form!.header && word !== "" && word === form!.header[column]) return -1;
    const value = numberIn(word);
    into[target] = value ?? Number.NaN;
    if (value === undefined) keepWord(column, word);
    return end;
  };

  const slowRow = (raw: string, at: number, ended: boolean): void => {
    for (const column of words) column.delete(rows);
    if (raw === form!.headerText) {
      repeats.push({ row: rows, line: at });
      return;
    }
    const cells = cellsOf(raw, form!.separator, why => bad(at, why));
    if (cells.length !== width) {
      if (!ended && cells.length < width) {
        torn = true;
        return;
      }
      throw bad(at, `${cells.length} cells: needs ${width}, as the ${form!.header ? "header" : "first line"} has`);
    }
    const into = place();
    const offset = rows % rowsPerBlock;
    cells.forEach((cell, column) => {
      const value = numberIn(cell);
      into[offset + column * rowsPerBlock] = value ?? Number.NaN;
      if (value === undefined) keepWord(column, cell);
    });
    rowDone(at);
  };

  /** From here on plain rows are taken many at a time. */
  const readMany = (separator: string): void => {
    plain = plainRows({
      width,
      separator: separator.charCodeAt(0),
      room() {
        const into = place();
        const offset = rows % rowsPerBlock;
        return { into, offset, stride: rowsPerBlock, rows: rowsPerBlock - offset };
      },
      done: rowDone,
    });
  };

  const begin = (first: FirstLine, second: string | undefined): void => {
    form = formOf(first, second, bad);
    ({ width } = form);
    // An odd number: columns a power of two apart would share the lines of the cache.
    rowsPerBlock = Math.max(1, Math.floor(BLOCK / width) | 1);
    for (let column = 0; column < width; column++) words.push(new Map());
    if (!form.header) slowRow(first.raw, first.line, true);
  };

  const takeLine = (bytes: Uint8Array, view: DataView, from: number, to: number, at: number, ended: boolean): void => {
    const first = skipBlanks(bytes, from, to);
    if (first === to) return;
    if (bytes[from] === HASH) {
      comments.push({ line: at, row: rows, text: textOf(bytes.subarray(from + 1, to), at).trim() });
      return;
    }
    if (form && quickRow(bytes, view, from, to, at, form.separator.charCodeAt(0))) {
      rowDone(at);
      if (++quickRows === FEW && form.separator !== " ") readMany(form.separator);
      return;
    }
    const raw = textOf(bytes.subarray(from, to), at);
    if (!firstLine) {
      firstLine = { raw, line: at };
      return;
    }
    if (!form) begin(firstLine, raw);
    slowRow(raw, at, ended);
  };

  const lines = textLines(fileName, true, takeLine, (bytes, from, line) => plain?.(bytes, from, line));

  return {
    push: lines.push,
    end() {
      lines.end();
      if (!firstLine) throw new LandauError("input", `${fileName}: no line: needs a header and rows`);
      if (!form) begin(firstLine, undefined);
      const at = (row: number, column: number): number =>
        blocks[Math.floor(row / rowsPerBlock)][(row % rowsPerBlock) + column * rowsPerBlock];
      return {
        header: form!.header,
        columns: width,
        rows,
        repeats,
        comments,
        torn,
        shortHeader: form!.shortHeader,
        value: at,
        column(column, chosen) {
          const out = new Float64Array(chosen.length);
          const begin = column * rowsPerBlock;
          for (let i = 0; i < out.length; ) {
            const row = chosen[i];
            const block = Math.floor(row / rowsPerBlock);
            const from = row - block * rowsPerBlock;
            // Rows that follow each other are copied together.
            let count = 1;
            while (i + count < out.length && from + count < rowsPerBlock && chosen[i + count] === row + count) count++;
            out.set(blocks[block].subarray(begin + from, begin + from + count), i);
            i += count;
          }
          return out;
        },
        words: column => words[column],
        lineOf(row) {
          let [low, high] = [0, jumpRows.length];
          while (high - low > 1) {
            const middle = (low + high) >> 1;
            if (jumpRows[middle] <= row) low = middle;
            else high = middle;
          }
          return jumpLines[low] + row - jumpRows[low];
        },
      };
    },
  };
};

const skipBlanks = (bytes: Uint8Array, from: number, to: number): number => {
  let at = from;
  while (at < to && (bytes[at] === SPACE || bytes[at] === TAB)) at++;
  return at;
};
