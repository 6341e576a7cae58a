import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { Outcome } from "../../contracts/claim.ts";
import { LandauError } from "../../errors.ts";
import { guarded, readIfThere, writeAtomically } from "./files.ts";
import { fileHash, readSealed, sealedText } from "./sealed.ts";

/** The file is sealed since its second version; that of the first had the format of the run. */
const FINISH_FORMAT = "landau-finish/2";
const UNSEALED_FORMAT = "landau-run/1";

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
  format: z.enum([FINISH_FORMAT, UNSEALED_FORMAT]),
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
    files[name] = hashOf(folder, name);
    bytes += guarded("read", join(folder, name), () => statSync(join(folder, name)).size);
  }
  const summary = { created, command, verdicts, bytes };
  const finish: Finish = { finished: new Date().toISOString(), contentHash, summary, files };
  writeAtomically(finishPath(folder), sealedText({ format: FINISH_FORMAT, ...finish }));
};

/** Reads `finished.json`; undefined for a run that is not finished. Throws a LandauError of kind "store" when it was altered. */
export const readFinish = (folder: string): Finish | undefined => {
  const path = finishPath(folder);
  const bytes = readIfThere(path);
  if (!bytes) return undefined;
  const { data } = finishSchema.safeParse(readSealed(bytes, ({ format }) => format !== UNSEALED_FORMAT));
  if (data) return data;
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

const hashOf = (folder: string, name: string): string => {
  const hash = fileHash(folder, name);
  if (hash === undefined)
    throw new LandauError(
      "store",
      `${join(folder, name)} is missing: restore it, or ${isLog(name) ? "resume the run" : "run again"}`,
    );
  return hash;
};
