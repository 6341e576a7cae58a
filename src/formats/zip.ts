import { Inflate } from "fflate";
import { LandauError } from "../errors.ts";
import { crc32 } from "./crc32.ts";

/** Deflate cannot make one byte into more. */
const LARGEST_RATIO = 1032;
/** Bytes of a file inside an archive, unpacked. */
const LARGEST_FILE = 2_000_000_000;

const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_PLACE = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const NONE_32 = 0xffffffff;

/**
 * The files of a zip archive, stored or deflated, by name.  [PKWARE APPNOTE 6.3.10]
 *
 * Nothing in it is trusted: every signature, offset and length is checked against the bytes there are, sizes against what
 * deflate can do, and contents against their checksum. Throws a LandauError of kind "input" that names the file, the place, the value
 * and what was expected.
 */
export const readZip = (bytes: Uint8Array, fileName: string): ReadonlyMap<string, Uint8Array> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bad = (why: string): LandauError => new LandauError("input", `${fileName}: ${why}`);
  const files = new Map<string, Uint8Array>();
  for (const entry of directoryOf(view, bad)) {
    if (files.has(entry.name)) throw bad(`two files are named ${JSON.stringify(entry.name)}`);
    files.set(
      entry.name,
      contentOf(bytes, view, entry, why => bad(`${entry.name}: ${why}`)),
    );
  }
  return files;
};

type Refuse = (why: string) => LandauError;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const directoryOf = (view: DataView, bad: Refuse): Entry[] => {
  const { count, offset } = endOf(view, bad);
  const entries: Entry[] = [];
  let at = offset;
  for (let i = 0; i < count; i++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== ENTRY)
      throw bad(`byte ${at}: entry ${i} of ${count} of the zip directory is not there. Was the file cut?`);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map(field => view.getUint16(at + field, true));
    const end = at + 46 + nameLength + extraLength + commentLength;
    if (end > view.byteLength)
      throw bad(`byte ${at}: entry ${i} of the zip directory continues after the end of the file`);
    const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength));
    if (view.getUint16(at + 8, true) & 1) throw bad(`${name}: is encrypted: needs an archive without a password`);
    const sizes = {
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    };
    entries.push({
      name,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      ...large(sizes, view, at + 46 + nameLength, extraLength, why => bad(`${name}: ${why}`)),
    });
    at = end;
  }
  return entries;
};

/** How many entries the directory has and where it begins. */
const endOf = (view: DataView, bad: Refuse): { count: number; offset: number } => {
  // Behind the end record there may be a comment of up to 65535 bytes.
  const last = view.byteLength - 22;
  let at = last;
  while (at >= 0 && at > last - 65536 && view.getUint32(at, true) !== END) at--;
  if (at < 0 || view.getUint32(at, true) !== END) throw bad("no end of a zip archive. Is it an npz file, and whole?");
  const small = { count: view.getUint16(at + 10, true), offset: view.getUint32(at + 16, true) };
  if (small.count !== 0xffff && small.offset !== NONE_32) return small;
  if (at < 20 || view.getUint32(at - 20, true) !== END_64_PLACE) throw bad("no place of the zip64 directory");
  const place = wide(view, at - 12, bad);
  if (place + 56 > view.byteLength || view.getUint32(place, true) !== END_64)
    throw bad(`byte ${place}: no end of a zip64 directory`);
  return { count: wide(view, place + 32, bad), offset: wide(view, place + 48, bad) };
};

/** A 64-bit number that says a length or a place in this file. */
const wide = (view: DataView, at: number, bad: Refuse): number => {
  if (at < 0 || at + 8 > view.byteLength) throw bad(`byte ${at}: a 64-bit number continues after the end of the file`);
  const value = view.getBigUint64(at, true);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw bad(`byte ${at}: ${value} is no length of a file`);
  return Number(value);
};

/** Sizes that do not fit into 32 bits stand in an extra field, in the order of those that say so. */
const large = (
  sizes: { packed: number; size: number; offset: number },
  view: DataView,
  extra: number,
  length: number,
  bad: Refuse,
): { packed: number; size: number; offset: number } => {
  const missing = (["size", "packed", "offset"] as const).filter(name => sizes[name] === NONE_32);
  if (missing.length === 0) return sizes;
  for (let at = extra; at + 4 <= extra + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    if (view.getUint16(at + 2, true) < 8 * missing.length || at + 4 + 8 * missing.length > extra + length) break;
    return { ...sizes, ...Object.fromEntries(missing.map((name, i) => [name, wide(view, at + 4 + 8 * i, bad)])) };
  }
  throw bad("no zip64 field with its sizes");
};

const contentOf = (bytes: Uint8Array, view: DataView, entry: Entry, bad: Refuse): Uint8Array => {
  const { offset, packed, size, method } = entry;
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== LOCAL)
    throw bad(`byte ${offset}: no file begins there, as the zip directory says`);
  const from = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (from + packed > bytes.length) throw bad(`${packed} bytes from ${from} on: the archive has ${bytes.length}`);
  if (size > LARGEST_FILE) throw bad(`${size} bytes unpacked: needs at most ${LARGEST_FILE}`);
  const raw = bytes.subarray(from, from + packed);
  const content = method === 0 ? stored(raw, size, bad) : method === 8 ? inflated(raw, size, bad) : undefined;
  if (!content) throw bad(`compression ${method}: needs 0 (stored) or 8 (deflated), as numpy writes`);
  if (crc32(content) !== entry.crc) throw bad("its checksum differs: the file is damaged");
  return content;
};

const stored = (raw: Uint8Array, size: number, bad: Refuse): Uint8Array => {
  if (raw.length !== size) throw bad(`${raw.length} bytes stored: the zip directory says ${size}`);
  return raw;
};

const inflated = (raw: Uint8Array, size: number, bad: Refuse): Uint8Array => {
  if (size > LARGEST_RATIO * raw.length + 64)
    throw bad(`${size} bytes unpacked: more than deflate can hold in ${raw.length}`);
  const content = new Uint8Array(size);
  let [at, excess, whole] = [0, 0, false];
  const inflate = new Inflate((part, final) => {
    if (at + part.length > size) excess = at + part.length;
    else content.set(part, at);
    at += part.length;
    whole ||= final;
  });
  try {
    // In pieces, so that a file that unpacks to more than it says is given up early.
    for (let from = 0; from < raw.length && !excess; from += 65536)
      inflate.push(raw.subarray(from, from + 65536), from + 65536 >= raw.length);
  } catch (cause) {
    throw bad(`its compressed data are damaged: ${(cause as Error).message}`);
  }
  if (excess) throw bad(`unpacks to more than the ${size} bytes that the zip directory says`);
  if (at !== size || !whole) throw bad(`unpacks to ${at} bytes: the zip directory says ${size}`);
  return content;
};
