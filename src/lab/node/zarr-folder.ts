import type { Dirent } from "node:fs";
import { open, readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { type ByteRange, placeOfRange, type ZarrStore } from "../../logs/zarr-arrays.ts";

/** Whether the entries of a folder are those of a Zarr store. */
export const isZarr = (entries: readonly Dirent[]): boolean =>
  entries.some(({ name }) => /^(zarr\.json|\.zgroup|\.zarray|\.zmetadata)$/.test(name));

/** A folder as a Zarr store, and the paths of its arrays. */
export const zarrFolder = async (folder: string): Promise<{ store: ZarrStore; arrays: string[] }> => ({
  store: {
    get: (key: string) => readFile(join(folder, key)).then(bytes => new Uint8Array(bytes), missing),
    getRange: (key: string, range: ByteRange) => rangeOf(join(folder, key), range).catch(missing),
  },
  arrays: await arraysIn(folder),
});

const rangeOf = async (path: string, range: ByteRange): Promise<Uint8Array> => {
  const file = await open(path, "r");
  try {
    const { from, to } = placeOfRange(range, (await file.stat()).size);
    const bytes = new Uint8Array(to - from);
    await file.read(bytes, 0, bytes.length, from);
    return bytes;
  } finally {
    await file.close();
  }
};

const missing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code === "ENOENT" || error.code === "EISDIR" || error.code === "ENOTDIR") return undefined;
  throw error;
};

/** Paths of the arrays of a Zarr store, of version 2 or 3. */
const arraysIn = async (root: string): Promise<string[]> => {
  const found: string[] = [];
  const visit = async (here: string): Promise<void> => {
    const entries = (await readdir(here, { withFileTypes: true })).sort((a, b) => order.compare(a.name, b.name));
    const names = entries.map(({ name }) => name);
    const isArray = names.includes(".zarray") || (names.includes("zarr.json") && (await isArrayOf3(here)));
    if (isArray) {
      found.push(`/${relative(root, here).split(sep).join("/")}`);
      return;
    }
    for (const entry of entries) if (entry.isDirectory()) await visit(join(here, entry.name));
  };
  await visit(root);
  return found;
};

/** The metadata of a group may hold those of its arrays. */
const isArrayOf3 = async (folder: string): Promise<boolean> => {
  const text = await readFile(join(folder, "zarr.json"), "utf8");
  try {
    return JSON.parse(text).node_type === "array";
  } catch {
    return false;
  }
};

const order = new Intl.Collator("en", { numeric: true });
