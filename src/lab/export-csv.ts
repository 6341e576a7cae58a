import { csvText } from "../formats/csv-text.ts";
import { numberText } from "../formats/number-text.ts";
import type { Cell, Column } from "./record-columns.ts";
import { type ExportedRun, type ExportedSystem, runTables, type Table } from "./record-tables.ts";

/** A file that an export writes. */
export interface ExportFile<Content> {
  /** With folders below that of the export, parted by "/". */
  readonly name: string;
  readonly content: Content;
}

/**
 * The tables of a run as CSV (RFC 4180: a header, fields in quotes where needed, lines ended by CR LF; null is empty): `<study>-<kind>.csv` for each
 * study and kind of record, `verdicts.csv`, and `dictionary.csv`, which says of each column what it means.
 */
export const exportCsv = (run: ExportedRun, system: ExportedSystem): readonly ExportFile<string>[] => {
  const all = runTables(run, system).map(({ name, columns }) => ({ name: `${name}.csv`, columns }));
  return [...all, dictionary(all)].map(({ name, columns }) => ({ name, content: textOf(columns) }));
};

const dictionary = (tables: readonly Table[]): Table => {
  const rows = tables.flatMap(({ name: file, columns }) =>
    columns.map(({ name, cells, meaning }) => [file, name, typeOf(cells), meaning.unit ?? "", meaning.meaning]),
  );
  const names = ["file", "column", "type", "unit", "meaning"];
  return {
    name: "dictionary.csv",
    columns: names.map((name, i) => ({ name, cells: rows.map(row => row[i]), meaning: { meaning: "" } })),
  };
};

const typeOf = (cells: readonly Cell[]): string => {
  const present = cells.filter(cell => cell !== null);
  if (present.length === 0) return "empty";
  if (present.every(cell => typeof cell === "boolean")) return "true or false";
  if (!present.every(cell => typeof cell === "number")) return "text";
  return present.every(cell => Number.isInteger(cell)) ? "integer" : "number";
};

const textOf = (columns: readonly Pick<Column, "name" | "cells">[]): string =>
  csvText(
    columns.map(({ name }) => name),
    Array.from({ length: columns[0]?.cells.length ?? 0 }, (_, row) => columns.map(({ cells }) => cellText(cells[row]))),
  );

/** An infinite bound is none. */
const cellText = (cell: Cell): string => {
  if (cell === null) return "";
  if (typeof cell !== "number") return String(cell);
  return Number.isFinite(cell) ? numberText(cell) : "";
};
