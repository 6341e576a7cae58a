import { join } from "node:path";
import type { Verdict } from "../../contracts/claim.ts";
import { isLandauError } from "../../errors.ts";
import { type RecordTable, recordTable } from "../records.ts";
import { runContentHash } from "../task-log.ts";
import { inReadingOrder } from "../tasks.ts";
import { checkUnchanged, isFinished, readFinish } from "./finish.ts";
import { isLocked } from "./lock.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { PLAN } from "./plan-file.ts";
import { findRun, namesByDate } from "./run-names.ts";
import { loadTaskLog, logName } from "./task-files.ts";
import { readVerdicts, VERDICTS } from "./verdict-file.ts";

export type RunStatus = "finished" | "running" | "interrupted";

/** A stored run. */
export interface Run extends Manifest, RecordTable {
  /** Its folder. */
  readonly path: string;
  readonly status: RunStatus;
  readonly seed: number;
  /** Hash of all records; of those so far for a run that is not finished. */
  readonly contentHash: string;
  /** Empty for a run that is not finished. */
  readonly verdicts: readonly Verdict[];
}

/** Opens the run in a folder. Records are read when asked for. Throws a LandauError of kind "store" for a broken one. */
export const openRun = (path: string): Run => {
  const finish = readFinish(path);
  // What is wrong with run.json is said in more words by those who parse it.
  const manifest = readManifest(path);
  const read = ["run.json", VERDICTS, PLAN];
  if (finish) for (const name of read.filter(name => name in finish.files)) checkUnchanged(path, finish, name);
  const { spec, tasks } = manifest;
  const ordered = inReadingOrder(tasks);
  const load = (task: (typeof tasks)[number]) => {
    if (finish) checkUnchanged(path, finish, logName(task));
    return loadTaskLog(path, task);
  };
  return {
    ...manifest,
    path,
    status: finish ? "finished" : isLocked(path) ? "running" : "interrupted",
    seed: spec.seed,
    contentHash: finish?.contentHash ?? runContentHash(ordered.map(task => ({ study: task.study, ...load(task) }))),
    verdicts: finish ? readVerdicts(path) : [],
    ...recordTable(study => ordered.filter(task => task.study === study).flatMap(task => load(task).records)),
  };
};

/** A line of a list of runs. */
export interface RunSummary {
  readonly id: string;
  readonly path: string;
  readonly status: RunStatus | "unreadable";
  /** Why an unreadable run is so. */
  readonly error?: string;
  readonly manifest?: Manifest;
}

/** The runs in a folder, oldest first, those that cannot be read before; none when there is no such folder. */
export const listRuns = (folder: string): readonly RunSummary[] =>
  namesByDate(folder).map((id): RunSummary => {
    const path = join(folder, id);
    try {
      const manifest = readManifest(path);
      const status = isFinished(path) ? "finished" : isLocked(path) ? "running" : "interrupted";
      return { id, path, status, manifest };
    } catch (error) {
      if (!isLandauError(error)) throw error;
      return { id, path, status: "unreadable", error: error.message };
    }
  });

/** Opens a run by any of the names that `findRun` takes. */
export const readRun = (name: string, folder: string): Run => openRun(findRun(name, folder));
