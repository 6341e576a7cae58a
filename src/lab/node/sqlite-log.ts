import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database, SQLiteValue } from "node-sqlite3-wasm";
import { LandauError } from "../../errors.ts";
import { withoutWal } from "../../formats/sqlite-wal.ts";
import { type Growing, growingFloats } from "../../logs/training/growing.ts";
import { isObject, looseJson, putObject } from "../../logs/training/json-values.ts";
import { type LogTable, logTable } from "../../logs/training/log-table.ts";
import type { RawSeries } from "../../logs/training/series.ts";
import { seriesOfTable } from "../../logs/training/series-of-table.ts";

type Row = Record<string, SQLiteValue>;
const LARGEST = 2_000_000_000;

/**
 * The metrics of all runs in a store of MLflow or trackio. The database and its write-ahead log are copied first, so that neither a writer nor a folder without
 * write access is in the way. Throws a LandauError of kind "input" for another database.
 */
export const readSqliteLog = async (
  path: string,
  options: { readonly axis?: string | undefined },
  notes: string[],
): Promise<RawSeries[]> => {
  const [bytes, wal] = await Promise.all([readFile(path), readFile(`${path}-wal`).catch(() => new Uint8Array(0))]);
  if (bytes.length > LARGEST)
    throw new LandauError("input", `${path}: ${bytes.length} bytes: needs at most ${LARGEST}; export runs as CSV`);
  return seriesOfSqlite({ bytes, wal }, path, options.axis, notes);
};

/** The same from the bytes of a store and of its write-ahead log, which is empty when there is none. */
export const seriesOfSqlite = async (
  { bytes, wal }: { readonly bytes: Uint8Array; readonly wal: Uint8Array },
  path: string,
  axis: string | undefined,
  notes: string[],
): Promise<RawSeries[]> => {
  if (wal.length > 0) notes.push(`${path}: with what its write-ahead log holds: is it still being written?`);
  const folder = await mkdtemp(join(tmpdir(), "landau-"));
  let database: Database | undefined;
  try {
    const copy = join(folder, "log.db");
    await writeFile(copy, withoutWal(bytes, wal, path));
    const { Database: Opened } = (await import("node-sqlite3-wasm")).default;
    database = new Opened(copy, { readOnly: true, fileMustExist: true });
    return seriesOf(database, path, axis, notes);
  } catch (cause) {
    if (cause instanceof LandauError) throw cause;
    throw new LandauError("input", `${path}: SQLite: ${(cause as Error).message}`, { cause });
  } finally {
    if (database?.isOpen) database.close();
    await rm(folder, { recursive: true, force: true });
  }
};

const seriesOf = (database: Database, path: string, axis: string | undefined, notes: string[]): RawSeries[] => {
  const tables = rowsOf(database, "select name from sqlite_master where type = 'table'").map(({ name }) =>
    String(name),
  );
  const columns = rowsOf(database, "pragma table_info(metrics)").map(({ name }) => String(name));
  const has = (...names: readonly string[]): boolean => names.every(name => columns.includes(name));
  if (has("key", "value", "step", "run_uuid")) return mlflow(database, tables, columns, path, notes);
  if (has("metrics", "step") && (has("run_name") || has("run_id")))
    return trackio(database, columns, path, axis, notes);
  throw new LandauError(
    "input",
    `${path}: an SQLite database with ${tables.length === 0 ? "no tables" : `tables ${tables.slice(0, 8).join(", ")}`}: needs a store of MLflow or trackio`,
  );
};

const rowsOf = (database: Database, sql: string): Row[] => database.all(sql) as Row[];

function* eachRow(database: Database, sql: string): Generator<Row> {
  const statement = database.prepare(sql);
  try {
    for (const row of statement.iterate()) yield row as Row;
  } finally {
    statement.finalize();
  }
}

/** What MLflow stores for infinity: the largest number of 64 bits, or one that text has made a little smaller. */
const MLFLOW_INFINITY = 1.7976931348623e308;

/** A row for each value; NaN is a mark beside a 0. */
const mlflow = (
  database: Database,
  tables: readonly string[],
  columns: readonly string[],
  path: string,
  notes: string[],
): RawSeries[] => {
  const names = new Map<string, string>();
  if (tables.includes("runs"))
    for (const { run_uuid, name } of rowsOf(database, "select run_uuid, name from runs"))
      if (typeof name === "string" && name !== "") names.set(String(run_uuid), name);
  const shared = [...names.values()].filter((name, i, all) => all.indexOf(name) !== i);
  const tracks = new Map<
    string,
    {
      run: string;
      name: string;
      step: Growing<Float64Array>;
      time: Growing<Float64Array>;
      value: Growing<Float64Array>;
    }
  >();
  const isNan = columns.includes("is_nan") ? "is_nan" : "0";
  const time = columns.includes("timestamp") ? "timestamp" : "null";
  for (const row of eachRow(
    database,
    `select run_uuid, key, value, step, ${isNan} as nan, ${time} as time from metrics order by rowid`,
  )) {
    const id = String(row.run_uuid);
    const name = names.get(id);
    const run = name === undefined ? id : shared.includes(name) ? `${name} ${id.slice(0, 8)}` : name;
    const key = JSON.stringify([id, row.key]);
    let track = tracks.get(key);
    if (!track) {
      track = { run, name: String(row.key), step: growingFloats(), time: growingFloats(), value: growingFloats() };
      tracks.set(key, track);
    }
    const value = typeof row.value === "number" || typeof row.value === "bigint" ? Number(row.value) : Number.NaN;
    track.step.push(Number(row.step));
    track.time.push(row.time === null ? Number.NaN : Number(row.time) / 1000);
    track.value.push(row.nan ? Number.NaN : Math.abs(value) >= MLFLOW_INFINITY ? Math.sign(value) * Infinity : value);
  }
  for (const other of ["params", "tags"])
    if (tables.includes(other) && Number(rowsOf(database, `select count(*) as n from ${other}`)[0].n) > 0)
      notes.push(`${path}: ${other} of the runs not used`);
  return [...tracks.values()].map(each => ({
    run: each.run,
    name: each.name,
    step: each.step.all(),
    time: each.time.all(),
    value: each.value.all(),
  }));
};

/** A row for each call of log, with JSON in text or bytes. */
const trackio = (
  database: Database,
  columns: readonly string[],
  path: string,
  axis: string | undefined,
  notes: string[],
): RawSeries[] => {
  const runs = new Map<string, { table: LogTable; run: string; line: number }>();
  const lists = new Map<string, number>();
  const column = (name: string): string => (columns.includes(name) ? name : "null");
  let broken = 0;
  const sql = `select ${column("run_id")} as id, ${column("run_name")} as name, step, ${column("timestamp")} as time, metrics from metrics order by rowid`;
  for (const { id, name, step, time, metrics } of eachRow(database, sql)) {
    const key = String(id ?? name);
    let into = runs.get(key);
    if (!into) {
      into = { table: logTable(), run: String(name ?? id), line: 0 };
      runs.set(key, into);
    }
    const text = metrics instanceof Uint8Array ? new TextDecoder().decode(metrics) : String(metrics);
    const object = looseJson(text);
    if (!isObject(object)) {
      broken++;
      continue;
    }
    const { table } = into;
    if (typeof time === "string") table.word(table.column("timestamp"), time);
    putObject(table, object, lists);
    if (typeof step === "number" || typeof step === "bigint") table.number(table.column("step"), Number(step));
    table.endRow();
  }
  if (broken > 0) notes.push(`${path}: ${broken} rows of metrics hold no JSON object, left out`);
  for (const [name, count] of lists) notes.push(`${path}: ${name} holds ${count} lists, not used`);
  return [...runs.values()].flatMap(({ table, run }) => seriesOfTable(table, { run, file: path, axis }, notes));
};
