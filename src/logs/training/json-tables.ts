import { isObject, type JsonObject, numberOfJson } from "./json-values.ts";

/** A document of JSON that is a table, as records; `unused` are its keys that say nothing of them. */
export interface JsonTable {
  readonly records: readonly JsonObject[];
  readonly unused: readonly string[];
}

const LABEL = /^-?\d+(\.\d+)?$/;

/**
 * The tables that pandas, W&B and TensorBoard write as a document, undefined for any other: `to_json` with columns or rows under labels, column names beside
 * rows ("columns" and "data"), and points of [time, step, value] as TensorBoard downloads them.
 */
export const jsonTable = (document: unknown): JsonTable | undefined =>
  points(document) ?? (isObject(document) ? (besideRows(document) ?? underLabels(document)) : undefined);

/** The same for a list of points each of several series, as tensorboardX exports them. */
export const pointsOfSeries = (document: JsonObject): ReadonlyMap<string, JsonTable> | undefined => {
  const entries = Object.entries(document).map(([name, list]) => [name, points(list)] as const);
  return entries.length > 0 && entries.every(([, table]) => table)
    ? new Map(entries as [string, JsonTable][])
    : undefined;
};

const points = (list: unknown): JsonTable | undefined => {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const isPoint = (entry: unknown) =>
    Array.isArray(entry) && entry.length === 3 && entry.every(part => numberOfJson(part) !== undefined);
  if (!list.every(isPoint)) return undefined;
  const records = list.map(([wall_time, step, value]) => ({ wall_time, step, value }));
  return { records, unused: [] };
};

const besideRows = (document: JsonObject): JsonTable | undefined => {
  const { columns, data, index, ...others } = document;
  if (!Array.isArray(columns) || !Array.isArray(data) || columns.length === 0) return undefined;
  const names = columns.map(String);
  if (!data.every(row => Array.isArray(row) && row.length === names.length)) return undefined;
  const rows = data.map(row => Object.fromEntries(names.map((name, i) => [name, row[i]])));
  const labels = Array.isArray(index) && index.length === rows.length ? index : undefined;
  return { records: labelled(rows, labels), unused: Object.keys(others) };
};

/** {"loss": {"0": 2.5, "1": 2.1}} or {"0": {"loss": 2.5}, "1": {"loss": 2.1}}. */
const underLabels = (document: JsonObject): JsonTable | undefined => {
  const outer = Object.keys(document);
  const inner = Object.values(document).map(value => (isObject(value) ? Object.keys(value) : []));
  if (outer.length === 0 || inner.some(keys => keys.length === 0)) return undefined;
  const isFlat = Object.values(document).every(value =>
    Object.values(value as JsonObject).every(cell => !isObject(cell)),
  );
  if (!isFlat) return undefined;
  if (inner.every(keys => keys.every(key => LABEL.test(key)))) {
    const labels = [...new Set(inner.flat())].sort((a, b) => Number(a) - Number(b));
    const rows = labels.map(label =>
      Object.fromEntries(outer.map(name => [name, (document[name] as JsonObject)[label] ?? null])),
    );
    return { records: labelled(rows, labels), unused: [] };
  }
  if (!outer.every(key => LABEL.test(key))) return undefined;
  const labels = [...outer].sort((a, b) => Number(a) - Number(b));
  const rows = labels.map(label => document[label] as JsonObject);
  return { records: labelled(rows, labels), unused: [] };
};

/** The labels of the rows as a column, which may hold the steps: pandas has set_index("step") there, without its name. Counted from 0 they say nothing. */
const labelled = (rows: readonly JsonObject[], labels: readonly unknown[] | undefined): readonly JsonObject[] => {
  const numbers = labels?.map(numberOfJson);
  if (!numbers || numbers.includes(undefined) || numbers.every((label, i) => label === i)) return rows;
  return rows.map((row, i) => ({ ...row, index: numbers[i] }));
};
