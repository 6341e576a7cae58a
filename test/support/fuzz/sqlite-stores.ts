import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sqlite from "node-sqlite3-wasm";
import { withoutWal } from "../../../src/formats/sqlite-wal.ts";
import { seriesOfSqlite } from "../../../src/lab/node/sqlite-log.ts";
import { mutated } from "./mutated.ts";
import { changed, type FuzzedReader } from "./reader.ts";

const NONE = new Uint8Array(0);

/** Stores of MLflow and trackio with a few rows in pages of 512 bytes, so that a change seldom falls on empty room, and write-ahead logs. */
export const sqliteStores = (folder: string): readonly FuzzedReader[] => {
  const read = async (bytes: Uint8Array, name: string): Promise<string[]> => {
    const notes: string[] = [];
    const series = await seriesOfSqlite({ bytes, wal: NONE }, name, undefined, notes);
    return [...series.flatMap(each => [each.run, each.name]), ...notes];
  };
  const live = new Uint8Array(readFileSync(join(folder, "trackio-live.db")));
  const log = new Uint8Array(readFileSync(join(folder, "trackio-live.db-wal")));
  return [
    { name: "sqlite-mlflow", ...changed(store(MLFLOW)), read },
    { name: "sqlite-trackio", ...changed(store(TRACKIO)), read },
    {
      name: "sqlite-wal",
      valid: [log],
      // What is no finished transaction is left out.
      refusesNothing: true,
      input(next) {
        const isSummed = next() % 2 === 0;
        const bytes = mutated(log, next);
        return isSummed ? summed(bytes) : bytes;
      },
      read: (wal, name) => [String(withoutWal(live, wal, name).length)],
    },
  ];
};

const MLFLOW = [
  "create table runs (run_uuid text, name text)",
  "create table metrics (key text, value real, timestamp integer, run_uuid text, step integer, is_nan integer)",
  "insert into runs values ('0123456789abcdef', 'grok'), ('fedcba9876543210', null)",
  "insert into metrics values ('loss', 2.5, 1700000000000, '0123456789abcdef', 1, 0), ('loss', 0, 1700000000500, '0123456789abcdef', 2, 1)",
  "insert into metrics values ('accuracy', 1.7976931348623157e308, 1700000001000, 'fedcba9876543210', 1, 0)",
];

const TRACKIO = [
  "create table metrics (id integer primary key, timestamp text, run_name text, step integer, metrics text)",
  `insert into metrics values (1, '2026-05-06T07:08:09', 'grok', 1, '{"loss": 2.5, "train": {"accuracy": 0.5}}')`,
  `insert into metrics values (2, '2026-05-06T07:08:10', 'grok', 2, '{"loss": NaN, "note": "a", "list": [1]}'), (3, null, 'b', null, x'7b7d')`,
];

/** The bytes of a database that these statements make. */
const store = (statements: readonly string[]): Uint8Array => {
  const folder = mkdtempSync(join(tmpdir(), "landau-fuzz-"));
  try {
    const path = join(folder, "store.db");
    const database = new sqlite.Database(path);
    for (const statement of ["pragma page_size = 512", ...statements]) database.exec(statement);
    database.close();
    return new Uint8Array(readFileSync(path));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const HEAD = 32;
const FRAME_HEAD = 24;

/** A write-ahead log whose salts and checksums are right for what stands in it.  [fileformat2 of SQLite, 4.2] */
const summed = (changed: Uint8Array): Uint8Array => {
  const out = changed.slice();
  if (out.length < HEAD) return out;
  const view = new DataView(out.buffer);
  const pageSize = view.getUint32(8);
  const little = (view.getUint32(0) & 1) === 0;
  let [a, b] = [0, 0];
  const add = (from: number, length: number): void => {
    for (let at = from; at + 8 <= from + length; at += 8) {
      a = (a + view.getUint32(at, little) + b) >>> 0;
      b = (b + view.getUint32(at + 4, little) + a) >>> 0;
    }
  };
  add(0, 24);
  view.setUint32(24, a);
  view.setUint32(28, b);
  for (let at = HEAD; pageSize >= 8 && at + FRAME_HEAD + pageSize <= out.length; at += FRAME_HEAD + pageSize) {
    view.setUint32(at + 8, view.getUint32(16));
    view.setUint32(at + 12, view.getUint32(20));
    add(at, 8);
    add(at + FRAME_HEAD, pageSize);
    view.setUint32(at + 16, a);
    view.setUint32(at + 20, b);
  }
  return out;
};
