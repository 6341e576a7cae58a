import { readFile } from "node:fs/promises";
import { LandauError } from "../errors.ts";
import { cannotRead } from "../lab/node/files.ts";
import { type OutputTable, outputTable } from "../logs/outputs/output-table.ts";
import { type OutputOptions, outputsOfTables, type ReadOutputs } from "../logs/outputs/outputs-of-table.ts";
import { formatOfBytes, tableOfBytes } from "../logs/table-of-bytes.ts";

/** Outputs from files, told apart by their first bytes: CSV, TSV, JSON Lines, JSON, Parquet, or one npz file. */
export const readOutputs = async (paths: readonly string[], options: OutputOptions): Promise<ReadOutputs> => {
  const notes: string[] = [];
  const tables: OutputTable[] = [];
  for (const path of paths) {
    const bytes = new Uint8Array(await readFile(path).catch(cannotRead(path)));
    if (formatOfBytes(bytes, path) === "npz") {
      if (paths.length > 1)
        throw new LandauError("input", `${paths.length} files, one of them npz: needs a single npz file`);
      const { outputsOfNpz } = await import("../logs/outputs/outputs-npz.ts");
      return outputsOfNpz(bytes, path, options.bins);
    }
    const table = await tableOfBytes(bytes, path, notes, "CSV, TSV, JSON Lines, JSON, Parquet or npz");
    tables.push(outputTable(path, table));
  }
  const read = outputsOfTables(tables, options);
  return { ...read, notes: [...notes, ...read.notes] };
};
