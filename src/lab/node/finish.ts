import { existsSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { LandauError } from "../../errors.ts";
import { sha256Hex } from "../canonical.ts";
import { parseJson } from "../json-text.ts";
import { readIfThere, writeAtomically } from "./files.ts";
import { RUN_FORMAT } from "./manifest.ts";

/** What `finished.json` holds. Once it is there, the files it names do not change any more. */
export interface Finish {
  readonly finished: string;
  /** Hash of all records. */
  readonly contentHash: string;
  /** SHA-256 of each file of the run, by its name inside the folder. */
  readonly files: { readonly [name: string]: string };
}

const finishSchema = z.object({
  finished: z.iso.datetime(),
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
  files: z.record(z.string(), z.string()),
});

const finishPath = (folder: string): string => join(folder, "finished.json");

export const isFinished = (folder: string): boolean => existsSync(finishPath(folder));

export const writeFinish = (folder: string, contentHash: string, names: readonly string[]): void => {
  const files = Object.fromEntries(names.map(name => [name, hashOf(folder, name)]));
  const finish: Finish = { finished: new Date().toISOString(), contentHash, files };
  writeAtomically(finishPath(folder), `${JSON.stringify({ format: RUN_FORMAT, ...finish }, null, 2)}\n`);
};

/** Reads `finished.json`; undefined for a run that is not finished. */
export const readFinish = (folder: string): Finish | undefined => {
  const path = finishPath(folder);
  const bytes = readIfThere(path);
  if (!bytes) return undefined;
  const result = finishSchema.safeParse(parseJson(new TextDecoder().decode(bytes), path, "store"));
  if (result.success) return result.data;
  throw new LandauError("store", `${path} is corrupt: delete it and resume the run, which writes it again`);
};

/** Throws a LandauError of kind "store" when a file of a finished run is not what it was when the run finished. */
export const checkUnchanged = (folder: string, { files }: Finish, name: string): void => {
  if (hashOf(folder, name) !== files[name])
    throw new LandauError(
      "store",
      `${join(folder, name)} was changed after the run finished: restore it, or run again`,
    );
};

const hashOf = (folder: string, name: string): string => {
  const path = join(folder, name);
  const bytes = readIfThere(path);
  if (!bytes) throw new LandauError("store", `${path} is missing: restore it, or run again`);
  return sha256Hex(bytes);
};
