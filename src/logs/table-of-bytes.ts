import { LandauError } from "../errors.ts";
import { refuseForeign } from "../formats/foreign.ts";
import { csvRowsReader } from "./training/csv-rows.ts";
import { readJsonDocument } from "./training/json-document.ts";
import { jsonLinesReader } from "./training/json-lines.ts";
import type { LogTable } from "./training/log-table.ts";
import { BEGINNING, type LogFormat, sniffedFormat } from "./training/sniff.ts";

/** Formats that hold something else than rows. */
const NOT_TABLES: { readonly [format in Exclude<LogFormat, "csv" | "jsonl" | "json" | "parquet">]: string } = {
  tensorboard: "an event file",
  wandb: "a W&B run",
  npz: "a zip archive or npz file",
  sqlite: "an SQLite database",
  text: "lines that a program printed",
};

/** The format of a file, told by its first bytes; undefined for one of no format that is known. */
export const formatOfBytes = (bytes: Uint8Array, fileName: string): LogFormat | undefined => {
  const format = sniffedFormat(bytes.subarray(0, BEGINNING), fileName);
  return format === "foreign" ? undefined : format;
};

/**
 * The rows of a CSV, TSV, JSON Lines, JSON or Parquet file. What is left out is said in `notes`. Throws a LandauError of kind "input" that names the file
 * and `needs`, what would do, for a file of another format, without a line, or damaged.
 */
export const tableOfBytes = async (
  bytes: Uint8Array,
  fileName: string,
  notes: string[],
  needs = "CSV, TSV, JSON Lines, JSON or Parquet",
): Promise<LogTable> => {
  const refuse = (why: string) => new LandauError("input", `${fileName}: ${why}: needs ${needs}`);
  if (bytes.length === 0) throw new LandauError("input", `${fileName}: no line: needs a header and rows`);
  const format = formatOfBytes(bytes, fileName);
  switch (format) {
    case "csv":
    case "jsonl": {
      const reader = (format === "csv" ? csvRowsReader : jsonLinesReader)(fileName, notes);
      reader.push(bytes);
      return reader.end();
    }
    case "json":
      return readJsonDocument(bytes, fileName, notes);
    case "parquet":
      return (await import("./training/parquet-table.ts")).readParquetTable(bytes, fileName, notes);
    case undefined:
      refuseForeign(bytes.subarray(0, BEGINNING), fileName);
      throw refuse("no table");
    default:
      throw refuse(`${NOT_TABLES[format]}, no table`);
  }
};
