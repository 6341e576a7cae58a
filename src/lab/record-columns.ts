import type { Json, JsonObject } from "../contracts/json.ts";
import type { RunRecord } from "../contracts/protocol.ts";

/** A number, string or truth value; null where there is none. */
export type Cell = number | string | boolean | null;

/** A column of a table: `field` is the field of the records that it comes from. */
export interface Column {
  readonly name: string;
  readonly field: string;
  readonly cells: readonly Cell[];
}

/** Columns that one field may become. A field of more, such as a long list, stays a single column with JSON in it. */
const MOST = 1000;

/**
 * Records as columns: lists become a column for each entry (`W[0,1]`), objects one for each key (`occupancy.5+`). A batch of draws, which is a record
 * with `from`, `to` and a list `loss` of to - from entries, becomes a row for each draw, with a column `draw`.
 */
export const recordColumns = (records: readonly RunRecord[]): readonly Column[] => {
  const rows = records.flatMap(({ kind: _, ...fields }) => (isBatch(fields) ? drawsOf(fields) : [fields]));
  const fields = new Set<string>();
  for (const row of rows) for (const field of Object.keys(row)) fields.add(field);
  return [...fields].flatMap(field => columnsOf(field, rows));
};

const columnsOf = (field: string, rows: readonly JsonObject[]): readonly Column[] => {
  const columns = new Map<string, Cell[]>();
  const empty = (): Cell[] => new Array<Cell>(rows.length).fill(null);
  for (const [i, row] of rows.entries()) {
    if (!Object.hasOwn(row, field)) continue;
    for (const [name, cell] of entriesOf(field, row[field])) {
      let cells = columns.get(name);
      if (!cells) {
        if (columns.size === MOST) return [{ name: field, field, cells: rows.map(other => asJson(other[field])) }];
        cells = empty();
        columns.set(name, cells);
      }
      cells[i] = cell;
    }
  }
  // A field that is null throughout, or always an empty list, is still a column.
  if (columns.size > 1 && isNested(field, rows)) columns.delete(field);
  return [...columns].map(([name, cells]) => ({ name, field, cells }));
};

/** Whether a field is a list or an object wherever it is not null: then null adds no column of its own. */
const isNested = (field: string, rows: readonly JsonObject[]): boolean =>
  rows.every(row => row[field] === undefined || row[field] === null || typeof row[field] === "object");

const asJson = (value: Json | undefined): Cell =>
  value === undefined || value === null ? null : JSON.stringify(value);

/** The scalars of a value, each with the name of its place. */
function* entriesOf(name: string, value: Json, place: readonly number[] = []): Generator<readonly [string, Cell]> {
  const here = place.length === 0 ? name : `${name}[${place.join(",")}]`;
  if (value === null || typeof value !== "object") yield [here, value];
  else if (Array.isArray(value)) {
    if (value.length === 0 && place.length === 0) yield [here, null];
    for (const [i, entry] of value.entries()) yield* entriesOf(name, entry, [...place, i]);
  } else for (const [key, entry] of Object.entries(value)) yield* entriesOf(`${here}.${key}`, entry);
}

/** A batch that holds its draws one by one has a loss for each; one that holds means has none. */
const isBatch = ({ from, to, loss }: JsonObject): boolean =>
  Number.isInteger(from) && Number.isInteger(to) && isListOf(loss, (to as number) - (from as number));

const isListOf = (value: Json | undefined, length: number): value is readonly Json[] =>
  Array.isArray(value) && value.length === length;

const drawsOf = ({ chain, from, to, ...fields }: JsonObject): readonly JsonObject[] => {
  const first = from as number;
  const count = (to as number) - first;
  return Array.from({ length: count }, (_, i) => ({
    chain,
    draw: first + i,
    ...Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, isListOf(value, count) ? value[i] : value]),
    ),
  }));
};
