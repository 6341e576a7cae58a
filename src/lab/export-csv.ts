import type { Json } from "../contracts/json.ts";
import type { RunRecord } from "../contracts/protocol.ts";
import { csvText } from "../formats/csv-text.ts";
import type { RecordTable } from "./records.ts";

/** A file that an export writes. */
export interface ExportFile<Content> {
  readonly name: string;
  readonly content: Content;
}

/**
 * A table for each study and kind of record, `<study>-<kind>.csv`, as RFC 4180 has it: a header, fields in quotes where
 * needed, lines ended by CR LF. Columns are all fields of the records by first appearance; lists and objects are JSON;
 * null and what a record lacks are empty.
 */
export const exportCsv = (studies: readonly string[], table: RecordTable): readonly ExportFile<string>[] =>
  studies.flatMap(study =>
    table.kinds(study).map(kind => ({ name: `${study}-${kind}.csv`, content: textOf(table.records(study, kind)) })),
  );

/** Every field of the records, but not their kind. */
export const columnsOf = (records: readonly RunRecord[]): readonly string[] => {
  const columns = new Set<string>();
  for (const record of records) for (const name of Object.keys(record)) if (name !== "kind") columns.add(name);
  return [...columns];
};

const textOf = (records: readonly RunRecord[]): string => {
  const columns = columnsOf(records);
  return csvText(
    columns,
    records.map(record => columns.map(name => (Object.hasOwn(record, name) ? cellText(record[name]) : ""))),
  );
};

const cellText = (value: Json): string => {
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};
