import { existsSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { Outcome } from "../../contracts/claim.ts";
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
  /** What a list of runs shows, so that it need not read them; runs of earlier versions have none. */
  readonly summary?: FinishSummary;
}

export interface FinishSummary {
  readonly created: string;
  readonly command: string;
  readonly verdicts: { readonly [outcome in Outcome]: number };
  /** Of the files that are named. */
  readonly bytes: number;
}

const finishSchema = z.object({
  finished: z.iso.datetime(),
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
  files: z.record(z.string(), z.string()),
  summary: z
    .object({
      created: z.string(),
      command: z.string(),
      verdicts: z.object({ holds: z.number(), fails: z.number(), undecided: z.number() }),
      bytes: z.number(),
    })
    .optional(),
});

export const finishPath = (folder: string): string => join(folder, "finished.json");

export const isFinished = (folder: string): boolean => existsSync(finishPath(folder));

export const writeFinish = (
  folder: string,
  contentHash: string,
  names: readonly string[],
  { created, command, verdicts }: Omit<FinishSummary, "bytes">,
): void => {
  const files: { [name: string]: string } = {};
  let bytes = 0;
  for (const name of names) {
    const content = contentOf(folder, name);
    files[name] = sha256Hex(content);
    bytes += content.length;
  }
  const summary = { created, command, verdicts, bytes };
  const finish: Finish = { finished: new Date().toISOString(), contentHash, summary, files };
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
      `${join(folder, name)} was changed after the run finished: restore it, or ${wayOut(name)}`,
    );
};

/** Tasks can be run again. */
const isLog = (name: string): boolean => name.startsWith("tasks/");

const wayOut = (name: string): string => (isLog(name) ? "delete it and resume: its task runs again" : "run again");

const hashOf = (folder: string, name: string): string => sha256Hex(contentOf(folder, name));

const contentOf = (folder: string, name: string): Uint8Array => {
  const path = join(folder, name);
  const bytes = readIfThere(path);
  if (!bytes)
    throw new LandauError(
      "store",
      `${path} is missing: restore it, or ${isLog(name) ? "resume the run" : "run again"}`,
    );
  return bytes;
};
