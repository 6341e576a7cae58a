import { LandauError } from "../../errors.ts";
import { cellsOf } from "../../formats/delimited-cells.ts";
import { numberIn } from "../../formats/number-cell.ts";
import { FEW, plainRows } from "../../formats/plain-rows.ts";
import { type FirstLine, type Form, formOf } from "../../formats/table-form.ts";
import { type TakeLine, textLines, utf8Text } from "../../formats/text-lines.ts";
import { type CsvCells, csvCells, DECIMAL_COMMA } from "./csv-cells.ts";
import type { RowReader } from "./json-lines.ts";
import { leftOutLines } from "./left-out-lines.ts";
import { type LogTable, logTable, MOST_COLUMNS } from "./log-table.ts";

const SPACE = 0x20;
const TAB = 0x09;
const HASH = 0x23;
/** Numbers that are read at a time. */
const BLOCK = 16_384;

/**
 * Rows of a log from delimited text. Blank cells are no values; the header may come again, also with other columns, from where on the rows have those. Where
 * cells are separated by something else than commas, a comma may be the decimal point. A line of another length is left out and noted, as a crash leaves one.
 */
export const csvRowsReader = (fileName: string, notes: string[]): RowReader => {
  const table = logTable();
  const leftOut = leftOutLines(fileName, "of another length than the header");
  const comments: number[] = [];
  const repeats: number[] = [];
  const changes: number[] = [];
  let firstLine: FirstLine | undefined;
  let form: Form | undefined;
  let columns: number[] = [];
  let separator = 0;
  let cells: CsvCells | undefined;
  let decimalCommas = 0;
  let open = false;
  /** Rows of plain numbers under this header. */
  let read = 0;
  let plain: ReturnType<typeof plainRows> | undefined;

  const bad = (line: number, why: string): LandauError => new LandauError("input", `${fileName}:${line}: ${why}`);
  const begin = (next: Form): void => {
    form = next;
    if (table.columns.length + form.width > MOST_COLUMNS)
      throw new LandauError("input", `${fileName}: more than ${MOST_COLUMNS} columns: is it a log?`);
    const names = form.header ?? Array.from({ length: form.width }, (_, i) => `column ${i + 1}`);
    columns = names.map((name, i) => table.column(name === "" && i > 0 ? `column ${i + 1}` : name));
    separator = form.separator.charCodeAt(0);
    cells = csvCells(form.width, separator, form.header ?? []);
    read = 0;
    plain = undefined;
  };
  /** From here on rows of plain numbers and blank cells are taken many at a time. */
  const readMany = ({ width }: Form): void => {
    const rows = Math.max(1, Math.floor(BLOCK / width));
    const into = new Float64Array(rows * width);
    const room = { into, offset: 0, stride: rows, rows };
    const done = (_: number, count: number): void => table.addRows(columns, into, rows, count);
    plain = plainRows({ width, separator, blanks: true, room: () => room, done });
  };

  const slow = (raw: string, line: number, ended: boolean): void => {
    if (raw === form!.headerText) {
      repeats.push(line);
      return;
    }
    let texts: string[];
    try {
      texts = cellsOf(raw, form!.separator, why => bad(line, why));
    } catch (error) {
      if (!(error instanceof LandauError)) throw error;
      leftOut.line(line, ended);
      return;
    }
    if (form!.header && isHeader(texts, form!.header)) {
      const trimmed = texts.map(cell => cell.trim());
      if (trimmed.length === form!.header.length && trimmed.every((cell, i) => cell === form!.header![i])) {
        repeats.push(line);
        return;
      }
      changes.push(line);
      begin({ ...form!, header: trimmed, headerText: raw, width: trimmed.length });
      return;
    }
    if (texts.length !== columns.length) {
      leftOut.line(line, ended);
      return;
    }
    for (let i = 0; i < texts.length; i++) {
      const cell = texts[i];
      if (separator !== 0x2c && DECIMAL_COMMA.test(cell)) {
        decimalCommas++;
        table.number(columns[i], Number(cell.replaceAll(".", "").replace(",", ".")));
      } else table.word(columns[i], cell);
    }
    table.endRow();
  };

  const takeLine: TakeLine = (bytes, view, from, to, line, ended) => {
    let first = from;
    while (first < to && (bytes[first] === SPACE || bytes[first] === TAB)) first++;
    if (first === to) return;
    if (bytes[from] === HASH) {
      comments.push(line);
      return;
    }
    if (form && cells!.take(bytes, view, from, to)) {
      if (!ended) open = true;
      decimalCommas += cells!.put(table, columns);
      // Two cells of one name, and spaces that separate in runs, are left to be read one by one.
      if (cells!.plain && ++read === FEW && separator !== SPACE && new Set(columns).size === columns.length)
        readMany(form);
      return;
    }
    const raw = utf8Text(bytes.subarray(from, to), fileName, line);
    if (!firstLine) {
      firstLine = { raw, line };
      return;
    }
    if (!form) {
      begin(formOf(firstLine, raw, bad));
      if (!form!.header) slow(firstLine.raw, firstLine.line, true);
    }
    slow(raw, line, ended);
  };
  const lines = textLines(fileName, true, takeLine, (bytes, from, line) => plain?.(bytes, from, line));
  return {
    push: lines.push,
    end(): LogTable {
      lines.end();
      if (!firstLine) throw new LandauError("input", `${fileName}: no line: needs a header and rows`);
      if (!form) {
        begin(formOf(firstLine, undefined, bad));
        if (!form!.header) slow(firstLine.raw, firstLine.line, true);
      }
      if (!form!.header) notes.push(`${fileName}: no header: the columns are called column 1, column 2, ...`);
      leftOut.end(table.rows, notes);
      if (changes.length > table.rows)
        throw bad(
          changes[0],
          "words again, and more such lines than rows of numbers: needs a table, or JSON on each line",
        );
      noteLines(notes, fileName, comments, "begin with # and are not read", "begins with # and is not read");
      noteLines(notes, fileName, repeats, "are the header once more", "is the header once more");
      noteLines(notes, fileName, changes, "are headers with other columns", "is a header with other columns");
      if (open) notes.push(`${fileName}: no line break after the last line: its last number may be cut`);
      if (decimalCommas > 0) notes.push(`${fileName}: commas in numbers are decimal points`);
      return table;
    },
  };
};

/** Names, some of which are known. */
const isHeader = (cells: readonly string[], header: readonly string[]): boolean =>
  cells.some(cell => cell !== "" && header.includes(cell)) &&
  cells.every((cell, i) => (i === 0 || cell !== "") && numberIn(cell) === undefined) &&
  new Set(cells).size === cells.length;

const noteLines = (notes: string[], fileName: string, lines: readonly number[], many: string, one: string): void => {
  if (lines.length === 1) notes.push(`${fileName}: line ${lines[0]} ${one}`);
  else if (lines.length > 1) notes.push(`${fileName}: ${lines.length} lines, the first of them ${lines[0]}, ${many}`);
};
