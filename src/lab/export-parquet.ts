import { type ParquetColumn, type ParquetType, packParquet } from "../formats/pack-parquet.ts";
import type { ExportFile } from "./export-csv.ts";
import type { Cell } from "./record-columns.ts";
import { type DescribedColumn, type ExportedRun, type ExportedSystem, runTables } from "./record-tables.ts";

/** Where pandas looks for what it gives back as `DataFrame.attrs`. */
const ATTRIBUTES = "PANDAS_ATTRS";

/**
 * The tables of a run as Parquet files, `<study>-<kind>.parquet` and `verdicts.parquet`. What each column means, and its unit where it has one, is in the
 * metadata of the file by the name of the column.
 */
export const exportParquet = (run: ExportedRun, system: ExportedSystem): readonly ExportFile<Uint8Array>[] =>
  runTables(run, system).map(({ name, columns }) => {
    const meanings = Object.fromEntries(columns.map(({ name, meaning }) => [name, meaning]));
    const content = packParquet(columns.map(typed), { [ATTRIBUTES]: JSON.stringify({ columns: meanings }) });
    return { name: `${name}.parquet`, content };
  });

/** Columns that count, or name a member. Other numbers may be whole in one run and not in the next. */
const whole = new Set(["chain", "seed", "draw", "from", "to", "row", "column", "step", "steps"]);

/** Columns that are words, also in a run that has none of them. */
const words = new Set(["label", "failure", "warning", "direction"]);

const typed = ({ name, cells }: DescribedColumn): ParquetColumn => {
  const type = typeOf(name, cells);
  return { name, type, values: type === "text" ? cells.map(cell => (cell === null ? null : String(cell))) : cells };
};

const typeOf = (name: string, cells: readonly Cell[]): ParquetType => {
  const present = cells.filter(cell => cell !== null);
  if (words.has(name) || present.some(cell => typeof cell === "string")) return "text";
  if (present.some(cell => typeof cell === "boolean")) return present.every(isTruth) ? "truth" : "text";
  return whole.has(name) && present.every(Number.isSafeInteger) ? "integer" : "number";
};

const isTruth = (cell: Cell): boolean => typeof cell === "boolean";
