import { LandauError } from "../errors.ts";
import { cellsOf, separatorOf } from "./delimited-cells.ts";

/** A table of text cells. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly CsvRow[];
  /** The last line was cut in the middle and is left out. */
  readonly torn: boolean;
}

export interface CsvRow {
  /** Where it begins in the file, from 1. */
  readonly line: number;
  /** As many as the header has. */
  readonly cells: readonly string[];
}

export interface CsvOptions {
  /** Lines that begin with it are left out. None when absent. */
  readonly comment?: string;
}

/** What JavaScript can hold in one string, with space to spare. */
const LARGEST = 400_000_000;

/**
 * Reads comma-, semicolon- or tab-separated text with a header: the separator is the one that the header has most of. Cells may be
 * quoted, with doubled quotes and line breaks inside; a byte-order mark, blank lines and a last line that breaks off are expected.
 * [RFC 4180]
 *
 * Throws a LandauError of kind "input" that names the file and the line, for a line of another length than the header, a quote that
 * does not end, two columns of one name, or bytes that are no UTF-8.
 */
export const readCsv = (bytes: Uint8Array, fileName: string, { comment }: CsvOptions = {}): CsvTable => {
  const bad = (line: number, why: string): LandauError => new LandauError("input", `${fileName}:${line}: ${why}`);
  const text = decode(bytes, fileName);
  const records = recordsOf(text, comment, bad);
  const first = records.next();
  if (first.done) throw new LandauError("input", `${fileName}: no line: needs a header and rows`);
  const separator = separatorOf(first.value.raw);
  const header = cellsOf(first.value.raw, separator, why => bad(first.value.line, why));
  header.forEach((name, column) => {
    if (name === "") throw bad(first.value.line, `column ${column + 1} has no name`);
    if (header.indexOf(name) < column) throw bad(first.value.line, `two columns are named ${JSON.stringify(name)}`);
  });
  const rows: CsvRow[] = [];
  let torn = false;
  for (const record of records) {
    const cells = cellsOf(record.raw, separator, why => bad(record.line, why));
    if (cells.length === header.length) rows.push({ line: record.line, cells });
    else if (!record.ended && cells.length < header.length) torn = true;
    else throw bad(record.line, `${cells.length} cells: needs ${header.length}, as the header has`);
  }
  return { header, rows, torn };
};

const decode = (bytes: Uint8Array, fileName: string): string => {
  if (bytes.length > LARGEST)
    throw new LandauError(
      "input",
      `${fileName}: ${bytes.length} bytes: needs at most ${LARGEST} in a CSV file; use npz`,
    );
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new LandauError("input", `${fileName}: needs text in UTF-8`, { cause });
  }
};

interface Record {
  readonly line: number;
  readonly raw: string;
  /** Whether a line break follows. */
  readonly ended: boolean;
}

type Refuse = (line: number, why: string) => LandauError;

/** Lines, but that a quoted cell may hold line breaks. */
function* recordsOf(text: string, comment: string | undefined, bad: Refuse): Generator<Record> {
  let line = 1;
  let from = 0;
  while (from < text.length) {
    const began = line;
    let [to, quoted] = [from, false];
    for (; to < text.length; to++) {
      const character = text[to];
      if (character === '"') quoted = !quoted;
      else if (character === "\n") {
        line++;
        if (!quoted) break;
      }
    }
    const ended = to < text.length;
    const raw = text.slice(from, text[to - 1] === "\r" && ended ? to - 1 : to);
    from = to + 1;
    if (raw.trim() === "" || (comment !== undefined && raw.startsWith(comment))) continue;
    if (quoted) throw bad(began, "a quote begins here that does not end");
    yield { line: began, raw, ended };
  }
}
