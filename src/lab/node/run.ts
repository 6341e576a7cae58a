import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { callText, shellWord } from "../../call-text.ts";
import { countOutcomes } from "../../contracts/claim.ts";
import { isLandauError, LandauError } from "../../errors.ts";
import { type CompleteSpec, completeSpec } from "../complete-spec.ts";
import { plan, runInRounds } from "../plan.ts";
import { recordTable } from "../records.ts";
import type { Spec } from "../spec.ts";
import { studyProgress } from "../study-progress.ts";
import { runContentHash } from "../task-log.ts";
import type { Task } from "../tasks.ts";
import { judgeClaims } from "../verdicts.ts";
import { checkFastModes } from "./fast-modes.ts";
import { guarded } from "./files.ts";
import { isFinished, writeFinish } from "./finish.ts";
import { lockRun } from "./lock.ts";
import { type Manifest, readManifest, writeManifest } from "./manifest.ts";
import { PLAN, writePlan } from "./plan-file.ts";
import { roundRunner } from "./round.ts";
import { findRun } from "./run-names.ts";
import type { RunOptions } from "./run-options.ts";
import { openRun, type Run } from "./runs.ts";
import { loadTaskLog, makeTaskFolders, recordFiles } from "./task-files.ts";
import { VERDICTS, writeVerdicts } from "./verdict-file.ts";
import { landauVersion } from "./versions.ts";

export type { RunOptions } from "./run-options.ts";

export interface StartOptions extends RunOptions {
  readonly spec: Spec;
  /** The command that is kept in the run's record. */
  readonly command: string;
}

/** Makes a run folder, runs all tasks of the spec into it, judges its claims and closes it. */
export const startRun = async ({ spec, command, ...options }: StartOptions): Promise<Run> => {
  const complete = completeSpec(spec, options.systems);
  const tasks = plan(complete, options.systems);
  const libraries = await checkFastModes(complete.fast);
  const created = new Date();
  const versions = { landau: landauVersion(), node: process.versions.node, ...libraries };
  const [id, path] = makeRunFolder(options.folder, options.systems[complete.system].name, complete, created);
  const unlock = lockRun(path);
  try {
    const manifest: Manifest = {
      id,
      created: created.toISOString(),
      command,
      versions,
      platform: `${process.platform} ${process.arch}`,
      spec: complete,
      tasks,
    };
    writeManifest(path, manifest);
    return await goOn(path, manifest, tasks.length, options);
  } finally {
    unlock();
  }
};

/**
 * Goes on with an interrupted run, which ends with the same bits as one that was not; opens a finished one. `name` is
 * what `findRun` takes. A run keeps the version of Landau that began it.
 */
export const resumeRun = async (name: string, options: RunOptions): Promise<Run> => {
  const path = findRun(name, options.folder);
  const manifest = readManifest(path);
  if (isFinished(path)) return openRun(path);
  const version = landauVersion();
  if (manifest.versions.landau !== version)
    throw new LandauError(
      "store",
      `run ${manifest.id} was begun by Landau ${manifest.versions.landau}, this is ${version}: one run keeps one version. Resume it with that version, or start again`,
    );
  // The spec was complete once; what it names may have gone.
  const { openblas } = await checkFastModes(completeSpec(manifest.spec, options.systems).fast);
  if (manifest.versions.openblas !== openblas)
    throw new LandauError(
      "store",
      `run ${manifest.id} was begun with OpenBLAS ${manifest.versions.openblas}, this is ${openblas}: one run keeps one version. Resume it with that version, or start again`,
    );
  const first = plan(manifest.spec, options.systems);
  if (first.some(({ id }, i) => manifest.tasks[i]?.id !== id))
    throw new LandauError(
      "store",
      `run ${manifest.id}: its list of tasks is not what its protocols plan: restore run.json, or start again`,
    );
  const unlock = lockRun(path);
  try {
    return await goOn(path, manifest, first.length, options);
  } finally {
    unlock();
  }
};

/** `first` is how many tasks the first round has, which are those that run.json lists. */
const goOn = async (path: string, manifest: Manifest, first: number, options: RunOptions): Promise<Run> => {
  const { spec, id } = manifest;
  const { systems } = options;
  makeTaskFolders(path);
  options.onStart?.(manifest);
  const progress = studyProgress(spec.studies, options.onProgress);
  const { run, recordsOf, close } = roundRunner(path, progress, options);
  let tasks: readonly Task[];
  try {
    tasks = await runInRounds(spec, systems, recordsOf, (round, known) => {
      if (round.some(task => manifest.tasks[task.index]?.id !== task.id)) writePlan(path, known.slice(first));
      return run(round);
    });
  } catch (cause) {
    throw describe(cause, id, path);
  } finally {
    close();
  }
  progress.round([]);
  return closeRun(path, manifest, tasks, first, options);
};

const closeRun = (
  path: string,
  { spec, created, command }: Manifest,
  tasks: readonly Task[],
  first: number,
  { systems, onJudge }: RunOptions,
): Run => {
  const logs = tasks.map(task => ({ study: task.study, ...loadTaskLog(path, task) }));
  const table = recordTable(study => logs.filter(log => log.study === study).flatMap(({ records }) => records));
  const verdicts = judgeClaims(spec, systems[spec.system], table, onJudge);
  writeVerdicts(path, verdicts);
  const lists = tasks.length > first ? ["run.json", PLAN] : ["run.json"];
  const files = [...lists, ...recordFiles(path, tasks), VERDICTS];
  writeFinish(path, runContentHash(logs), files, { created, command, verdicts: countOutcomes(verdicts) });
  return openRun(path);
};

const describe = (cause: unknown, id: string, path: string): unknown => {
  if (isLandauError(cause, "cancelled"))
    return new LandauError("cancelled", `run ${id} was stopped; to go on: ${callText(`resume ${shellWord(path)}`)}`, {
      cause,
    });
  if (isLandauError(cause) || !(cause instanceof Error)) return cause;
  return new Error(`run ${id}: ${cause.message}`, { cause });
};

/** `<system>-<title>-<yyyymmdd-hhmmss>` in UTC, with a number behind it when that is taken. */
const makeRunFolder = (
  folder: string,
  system: string,
  { title }: CompleteSpec,
  created: Date,
): readonly [string, string] => {
  const [, date, time] = /^(.*)T(.*)\./.exec(created.toISOString())!;
  const stamp = `${date.replaceAll("-", "")}-${time.replaceAll(":", "")}`;
  const words = (title ?? "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const stem = [system, words, stamp].filter(part => part !== "").join("-");
  return guarded("write", folder, () => {
    mkdirSync(folder, { recursive: true });
    for (let attempt = 1; ; attempt++) {
      const id = attempt === 1 ? stem : `${stem}-${attempt}`;
      try {
        mkdirSync(join(folder, id));
        return [id, join(folder, id)];
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
    }
  });
};
