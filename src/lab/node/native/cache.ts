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
  find(name: string): string | undefined;
  /** Has `make` fill a file in a folder of its own, then moves it to its place in one step; of two at once either may win. */
  fill(name: string, make: (folder: string) => string): string;
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
      if (isWhole(path)) return path;
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
        const made = make(own);
        appendFileSync(made, seal(readFileSync(made)));
        const path = join(folder, `${name}.so`);
        renameSync(made, path);
        return path;
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

const MARK = "landau";
const SEAL_BYTES = MARK.length + 32;

/** Behind the end of a library, where loaders do not look: by it a torn or changed file is known. */
const seal = (library: Buffer): Buffer =>
  Buffer.concat([Buffer.from(MARK), createHash("sha256").update(library).digest()]);

const isWhole = (path: string): boolean => {
  try {
    checkFile(path);
    const bytes = readFileSync(path);
    const end = bytes.length - SEAL_BYTES;
    return end > 0 && seal(bytes.subarray(0, end)).equals(bytes.subarray(end));
  } catch {
    return false;
  }
};

const checkFile = (path: string): void => {
  const { uid, mode } = lstatSync(path);
  if (!lstatSync(path).isFile() || uid !== process.getuid?.() || (mode & 0o022) !== 0)
    throw refused(path, "is not the user's own");
};
