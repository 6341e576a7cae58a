import type { Json } from "../contracts/json.ts";
import type { NamedArray, RunRecord } from "../contracts/protocol.ts";
import { packNpz } from "../formats/pack-npz.ts";
import type { ExportFile } from "./export-csv.ts";
import type { RecordTable } from "./records.ts";

/**
 * An npz file for each study and kind of record, `<study>-<kind>.npz`. A field that is a number in every record, or a
 * rectangular list of numbers of one shape, becomes a float64 array with the records along its first axis; true and false
 * become 1 and 0; null and what a record lacks become NaN. Other fields, such as names, are left out: csv has them.
 */
export const exportNpz = (studies: readonly string[], table: RecordTable): readonly ExportFile<Uint8Array>[] =>
  studies.flatMap(study =>
    table.kinds(study).map(kind => ({ name: `${study}-${kind}.npz`, content: pack(table.records(study, kind)) })),
  );

const pack = (records: readonly RunRecord[]): Uint8Array =>
  packNpz(
    Object.fromEntries(
      columnsOf(records).flatMap(name => {
        const column = stack(records.map(record => (Object.hasOwn(record, name) ? record[name] : null)));
        return column ? [[name, column]] : [];
      }),
    ),
  );

/** Every field of the records, but not their kind, by first appearance. */
const columnsOf = (records: readonly RunRecord[]): readonly string[] => {
  const columns = new Set<string>();
  for (const record of records) for (const name of Object.keys(record)) if (name !== "kind") columns.add(name);
  return [...columns];
};

const stack = (values: readonly Json[]): NamedArray | undefined => {
  const present = values.filter(value => value !== null);
  if (present.length === 0) return undefined;
  const shape = shapeOf(present[0]);
  const size = shape.reduce((product, length) => product * length, 1);
  const data = new Float64Array(values.length * size).fill(Number.NaN);
  for (const [i, value] of values.entries())
    if (value !== null && !fill(value, shape, data.subarray(i * size, (i + 1) * size))) return undefined;
  return { shape: [values.length, ...shape], data };
};

const shapeOf = (value: Json): readonly number[] => (isList(value) ? [value.length, ...shapeOf(value[0] ?? 0)] : []);

/** False when a value is not of the shape, or holds what is no number. */
const fill = (value: Json, shape: readonly number[], data: Float64Array): boolean => {
  if (shape.length === 0) {
    if (typeof value !== "number" && typeof value !== "boolean") return false;
    data[0] = Number(value);
    return true;
  }
  if (!isList(value) || value.length !== shape[0]) return false;
  const size = data.length / (shape[0] || 1);
  return value.every((item, i) => fill(item, shape.slice(1), data.subarray(i * size, (i + 1) * size)));
};

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
