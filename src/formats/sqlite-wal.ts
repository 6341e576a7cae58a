import { LandauError } from "../errors.ts";

const HEAD = 32;
const FRAME_HEAD = 24;

/**
 * An SQLite database of write-ahead mode as one of rollback mode, which every reader opens: what its write-ahead log holds up to the last transaction that was
 * finished is put into the pages. Bytes of a database of rollback mode come back as they are. [fileformat2 of SQLite, 4 "The Write-Ahead Log"]
 */
export const withoutWal = (database: Uint8Array, wal: Uint8Array, fileName: string): Uint8Array => {
  if (database.length < 100)
    throw new LandauError("input", `${fileName}: ${database.length} bytes: the header of SQLite has 100`);
  if (database[18] !== 2 && database[19] !== 2) return database;
  const pages = finishedPages(wal, pageSizeOf(database));
  const pageSize = pageSizeOf(database);
  // What a damaged log says of the number of pages is no reason to take memory for more than there are.
  const known = Math.ceil(database.length / pageSize) + pages.places.size;
  const size = Math.max(pages.count > 0 ? Math.min(pages.count, known) * pageSize : database.length, 100);
  const out = new Uint8Array(size);
  out.set(database.subarray(0, Math.min(size, database.length)));
  for (const [page, from] of pages.places)
    if (page * pageSize <= size) out.set(wal.subarray(from, from + pageSize), (page - 1) * pageSize);
  out[18] = 1;
  out[19] = 1;
  return out;
};

const pageSizeOf = (database: Uint8Array): number => {
  const size = database[16] * 256 + database[17];
  return size === 1 ? 65_536 : size;
};

/** Where the newest version of each page lies, and how many pages the database has then; nothing behind the first frame that is not of this log. */
const finishedPages = (wal: Uint8Array, pageSize: number): { places: ReadonlyMap<number, number>; count: number } => {
  const places = new Map<number, number>();
  let count = 0;
  if (wal.length < HEAD + FRAME_HEAD + pageSize || pageSize < 512) return { places, count };
  const view = new DataView(wal.buffer, wal.byteOffset, wal.byteLength);
  const magic = view.getUint32(0);
  if ((magic & ~1) >>> 0 !== 0x377f0682 || view.getUint32(8) !== pageSize) return { places, count };
  const little = (magic & 1) === 0;
  const sum: [number, number] = [0, 0];
  addWords(view, 0, 24, little, sum);
  const [saltA, saltB] = [view.getUint32(16), view.getUint32(20)];
  const open = new Map<number, number>();
  for (let at = HEAD; at + FRAME_HEAD + pageSize <= wal.length; at += FRAME_HEAD + pageSize) {
    if (view.getUint32(at + 8) !== saltA || view.getUint32(at + 12) !== saltB) break;
    addWords(view, at, 8, little, sum);
    addWords(view, at + FRAME_HEAD, pageSize, little, sum);
    if (view.getUint32(at + 16) !== sum[0] || view.getUint32(at + 20) !== sum[1]) break;
    open.set(view.getUint32(at), at + FRAME_HEAD);
    const size = view.getUint32(at + 4);
    if (size === 0) continue;
    count = size;
    for (const [page, from] of open) if (page > 0) places.set(page, from);
    open.clear();
  }
  return { places, count };
};

const addWords = (view: DataView, from: number, length: number, little: boolean, sum: [number, number]): void => {
  let [a, b] = sum;
  for (let at = from; at + 8 <= from + length; at += 8) {
    a = (a + view.getUint32(at, little) + b) >>> 0;
    b = (b + view.getUint32(at + 4, little) + a) >>> 0;
  }
  sum[0] = a;
  sum[1] = b;
};
