import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { type ErrorKind, LandauError } from "../../errors.ts";

const causes: { readonly [code: string]: string } = {
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  ENOTDIR: "a part of the path is a file, not a folder",
  EEXIST: "it is a file, not a folder",
  ENOENT: "it does not exist",
  EISDIR: "it is a folder, not a file",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  EIO: "the device failed",
};

/** Does something with the file system; what fails becomes a LandauError of kind "store" with the path and the cause. */
export const guarded = <Result>(what: "read" | "write", path: string, work: () => Result): Result => {
  try {
    return work();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    throw new LandauError("store", `cannot ${what} ${path}: ${causes[code] ?? (cause as Error).message}`, { cause });
  }
};

/** For the `catch` of reading a file that somebody named: throws a LandauError of that kind with the path and the cause. */
export const cannotRead =
  (path: string, kind: ErrorKind = "input") =>
  (cause: NodeJS.ErrnoException): never => {
    const why = cause.code === "EISDIR" ? `${causes.EISDIR}: name a file in it` : cause.message;
    throw new LandauError(kind, `cannot read ${path}: ${why}`, { cause });
  };

/** The bytes of a file; undefined when there is none. */
export const readIfThere = (path: string): Uint8Array | undefined =>
  guarded("read", path, () => {
    try {
      return readFileSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  });

/** What a kill can leave of a file that was being written. */
export const partOf = (path: string): string => `${path}.part`;

/**
 * Writes a file so that at any instant it is there whole, or as it was before. Where several processes may write it at once, each needs a
 * temporary name of its own.
 */
export const writeAtomically = (path: string, content: Uint8Array | string, temporary: string = partOf(path)): void =>
  guarded("write", path, () => {
    const file = openSync(temporary, "w");
    try {
      writeAll(file, typeof content === "string" ? new TextEncoder().encode(content) : content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    if (process.platform !== "win32") syncFolder(dirname(path));
  });

/** Writes a file, and the folders above it, so that it is there whole or as it was before: quicker than `writeAtomically`, and not safe from a loss of power. */
export const writeWhole = (path: string, content: Uint8Array | string): void => {
  const temporary = partOf(path);
  try {
    guarded("write", path, () => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(temporary, content);
      renameSync(temporary, path);
    });
  } catch (error) {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // What failed first is what to tell.
    }
    throw error;
  }
};

/** Writes all bytes where the file stands. */
export const writeAll = (file: number, bytes: Uint8Array): void => {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
};

/** Makes a rename survive a loss of power. */
const syncFolder = (path: string): void => {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};
