import { createHash, randomBytes } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { LandauError } from "../../../errors.ts";

/** Compiled programs of one user, in a folder that nobody else can write to. */
export interface Cache {
  readonly folder: string;
  /** The library of this name, if it is there and whole; one that is not is thrown away. */
  find(name: string): Entry | undefined;
  /** Has `make` fill a file in a folder of its own, then moves it to its place in one step, with a note; of two at once either may win. */
  fill(name: string, make: (folder: string) => Made): Entry;
}

export interface Entry {
  readonly path: string;
  /** What whoever made the library wants to know of it. */
  readonly note: string;
}

/** A library that was just made. */
export interface Made {
  readonly path: string;
  readonly note?: string;
}

/** Where the system keeps caches of a user. */
export const cacheFolder = (environment: NodeJS.ProcessEnv = process.env): string => {
  const { XDG_CACHE_HOME: own } = environment;
  if (own && isAbsolute(own)) return join(own, "landau", "native");
  const home = homedir();
  return process.platform === "darwin"
    ? join(home, "Library", "Caches", "landau", "native")
    : join(home, ".cache", "landau", "native");
};

/** Throws a LandauError of kind "input" for a folder that cannot be made, or that somebody else owns or can write to. */
export const openCache = (folder: string = cacheFolder()): Cache => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw refused(folder, `cannot be made (${(cause as NodeJS.ErrnoException).code})`, cause);
  }
  for (const each of [dirname(folder), folder]) checkOwner(each);
  return {
    folder,
    find(name) {
      const path = join(folder, `${name}.so`);
      if (!existsSync(path)) return undefined;
      const note = noteOf(path);
      if (note !== undefined) return { path, note };
      try {
        unlinkSync(path);
      } catch {
        // It stays, and is found broken again.
      }
      return undefined;
    },
    fill(name, make) {
      let own: string;
      try {
        own = mkdtempSync(join(folder, `making-${randomBytes(4).toString("hex")}-`));
      } catch (cause) {
        throw refused(folder, `cannot be written to (${(cause as NodeJS.ErrnoException).code})`, cause);
      }
      try {
        const { path: made, note = "" } = make(own);
        appendFileSync(made, ending(readFileSync(made), note));
        const path = join(folder, `${name}.so`);
        renameSync(made, path);
        return { path, note };
      } finally {
        rmSync(own, { recursive: true, force: true });
      }
    },
  };
};

const checkOwner = (folder: string): void => {
  const { uid, mode } = lstatSync(folder);
  if (!lstatSync(folder).isDirectory()) throw refused(folder, "is no folder");
  if (uid !== process.getuid?.()) throw refused(folder, "belongs to somebody else");
  if ((mode & 0o022) !== 0) throw refused(folder, "can be written to by others: chmod go-w makes it safe");
};

const refused = (folder: string, why: string, cause?: unknown): LandauError =>
  new LandauError("input", `the cache ${folder} ${why}`, { cause });

const MARK = "landau: ";
const LENGTH_BYTES = 4;
const SEAL_BYTES = MARK.length + 32;

/** Behind the end of a library, where loaders do not look: a note, its length, and a seal by which a torn or changed file is known. */
const ending = (library: Buffer, note: string): Buffer => {
  const text = Buffer.from(note);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(text.length);
  return Buffer.concat([text, length, seal([library, text, length])]);
};

const seal = (parts: readonly Buffer[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return Buffer.concat([Buffer.from(MARK), hash.digest()]);
};

/** The note of a library; undefined when the file is not whole. */
const noteOf = (path: string): string | undefined => {
  try {
    checkFile(path);
    const bytes = readFileSync(path);
    const end = bytes.length - SEAL_BYTES;
    if (!(end >= LENGTH_BYTES && seal([bytes.subarray(0, end)]).equals(bytes.subarray(end)))) return undefined;
    const to = end - LENGTH_BYTES;
    return bytes.toString("utf8", to - bytes.readUInt32LE(to), to);
  } catch {
    return undefined;
  }
};

const checkFile = (path: string): void => {
  const { uid, mode } = lstatSync(path);
  if (!lstatSync(path).isFile() || uid !== process.getuid?.() || (mode & 0o022) !== 0)
    throw refused(path, "is not the user's own");
};
