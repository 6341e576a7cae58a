import { LandauError } from "../../errors.ts";
import { refuseForeign } from "../../formats/foreign.ts";
import { csvRowsReader } from "../training/csv-rows.ts";
import { readJsonDocument } from "../training/json-document.ts";
import { jsonLinesReader } from "../training/json-lines.ts";
import type { LogTable } from "../training/log-table.ts";
import { BEGINNING, sniffedFormat } from "../training/sniff.ts";
import { type CapabilityOptions, type CapabilityTable, capabilityTable } from "./capability-table.ts";

/** Files that are no table of scores by their name or form. */
const NOT_TABLES = {
  tensorboard: "event files",
  wandb: "W&B runs",
  npz: "zip archives and npz files",
  sqlite: "SQLite databases",
};

/**
 * The tasks of a capability table from the bytes of a CSV, TSV, JSON Lines, JSON or Parquet file, told apart by their first bytes.
 *
 * Throws a LandauError of kind "input" that names the file and what is wrong in it.
 */
export const readCapability = async (
  bytes: Uint8Array,
  fileName: string,
  options: CapabilityOptions = {},
): Promise<CapabilityTable> => {
  const notes: string[] = [];
  return capabilityTable(await tableOf(bytes, fileName, notes), fileName, notes, options);
};

const tableOf = async (bytes: Uint8Array, fileName: string, notes: string[]): Promise<LogTable> => {
  const format = sniffedFormat(bytes.subarray(0, BEGINNING), fileName);
  switch (format) {
    case "csv":
    case "jsonl": {
      if (bytes.length === 0) throw new LandauError("input", `${fileName}: no line: needs a header and rows`);
      const reader = (format === "csv" ? csvRowsReader : jsonLinesReader)(fileName, notes);
      reader.push(bytes);
      return reader.end();
    }
    case "json":
      return readJsonDocument(bytes, fileName, notes);
    case "parquet":
      return (await import("../training/parquet-table.ts")).readParquetTable(bytes, fileName, notes);
    case "foreign":
    case undefined:
      refuseForeign(bytes.subarray(0, BEGINNING), fileName);
      throw new LandauError("input", `${fileName}: no table: needs CSV, TSV, JSON Lines, JSON or Parquet`);
    default:
      throw new LandauError(
        "input",
        `${fileName}: ${NOT_TABLES[format]} are no tables of scores: needs CSV, TSV, JSON Lines, JSON or Parquet`,
      );
  }
};
