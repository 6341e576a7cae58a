import { LandauError } from "../errors.ts";
import type { OutputTable } from "../logs/outputs/output-table.ts";
import type { OutputOptions, ReadOutputs } from "../logs/outputs/outputs-of-table.ts";

/** Enough to tell what a file is. */
const BEGINNING = 65_536;

/** Outputs from files, told apart by their first bytes: CSV, TSV, JSON Lines, Parquet, or one npz file. */
export const readOutputs = async (paths: readonly string[], options: OutputOptions): Promise<ReadOutputs> => {
  const [{ readFile }, { sniffedFormat }] = await Promise.all([
    import("node:fs/promises"),
    import("../logs/training/sniff.ts"),
  ]);
  const notes: string[] = [];
  const tables: OutputTable[] = [];
  for (const path of paths) {
    const bytes = new Uint8Array(
      await readFile(path).catch(cause => {
        throw new LandauError("input", `cannot read ${path}: ${cause.message}`, { cause });
      }),
    );
    const format = sniffedFormat(bytes.subarray(0, BEGINNING), path);
    if (format === "npz") {
      if (paths.length > 1)
        throw new LandauError("input", `${paths.length} files, one of them npz: needs a single npz file`);
      const { outputsOfNpz } = await import("../logs/outputs/outputs-npz.ts");
      return outputsOfNpz(bytes, path, options.bins);
    }
    tables.push(await tableOf(bytes, path, format, notes));
  }
  const { outputsOfTables } = await import("../logs/outputs/outputs-of-table.ts");
  const read = outputsOfTables(tables, options);
  return { ...read, notes: [...notes, ...read.notes] };
};

const tableOf = async (
  bytes: Uint8Array,
  path: string,
  format: string | undefined,
  notes: string[],
): Promise<OutputTable> => {
  const { outputTable } = await import("../logs/outputs/output-table.ts");
  if (format === "parquet") {
    const { readParquetTable } = await import("../logs/training/parquet-table.ts");
    return outputTable(path, await readParquetTable(bytes, path, notes));
  }
  if (format !== "csv" && format !== "jsonl" && format !== "json")
    throw new LandauError("input", `${path}: ${format ?? "not known"}: needs CSV, TSV, JSON Lines, Parquet or npz`);
  const { reader } =
    format === "csv"
      ? { reader: (await import("../logs/training/csv-rows.ts")).csvRowsReader(path, notes) }
      : { reader: (await import("../logs/training/json-lines.ts")).jsonLinesReader(path, notes) };
  reader.push(bytes);
  return outputTable(path, reader.end());
};
