import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { RunRecord } from "../../contracts/protocol.ts";
import { isLandauError, LandauError } from "../../errors.ts";
import { type CompleteSpec, completeSpec, type Systems } from "../complete-spec.ts";
import type { Assignment, Executor } from "../executor.ts";
import { recordTable } from "../records.ts";
import type { Spec } from "../spec.ts";
import { studyProgress } from "../study-progress.ts";
import { resumePointOf, runContentHash, type TaskLog } from "../task-log.ts";
import { type Task, tasksOf } from "../tasks.ts";
import { judgeClaims } from "../verdicts.ts";
import { checkFastModes } from "./fast-modes.ts";
import { guarded } from "./files.ts";
import { isFinished, writeFinish } from "./finish.ts";
import { lockRun } from "./lock.ts";
import { type Manifest, readManifest, writeManifest } from "./manifest.ts";
import { findRun, openRun, type Run } from "./runs.ts";
import {
  loadSavedPoint,
  loadTaskLog,
  makeTaskFolders,
  openTask,
  recordFiles,
  removeState,
  type TaskWriter,
} from "./task-files.ts";
import { threadExecutor } from "./threads.ts";
import { VERDICTS, writeVerdicts } from "./verdict-file.ts";
import { landauVersion } from "./versions.ts";

export interface RunOptions {
  readonly systems: Systems;
  /** The folder of all runs; made when missing. */
  readonly folder: string;
  /** How tasks are run: on as many worker threads as there are cores when absent. */
  readonly executor?: Executor;
  /** Aborting it ends the run with a LandauError of kind "cancelled"; it can be resumed. */
  readonly signal?: AbortSignal;
  /** Milliseconds between the saved states of a task; 1000 when absent. */
  readonly saveEvery?: number;
  /** The run is there and about to begin. */
  onStart?(manifest: Manifest): void;
  /** `done` of a study's chains are done; a part of a chain counts as a fraction. */
  onProgress?(study: string, done: number): void;
  /** A record was stored, or was found in a run that is resumed. */
  onRecord?(study: string, record: RunRecord): void;
  /** All tasks are done, and so many claims are about to be judged. */
  onJudge?(claims: number): void;
  /** Something was put right that one may want to know of, such as a torn line that was cut off. */
  onNotice?(message: string): void;
}

export interface StartOptions extends RunOptions {
  readonly spec: Spec;
  /** The command that is kept in the run's record. */
  readonly command: string;
}

/** Makes a run folder, runs all tasks of the spec into it, judges its claims and closes it. */
export const startRun = async ({ spec, command, ...options }: StartOptions): Promise<Run> => {
  const complete = completeSpec(spec, options.systems);
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
      tasks: tasksOf(complete),
    };
    writeManifest(path, manifest);
    return await goOn(path, manifest, options);
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
  const unlock = lockRun(path);
  try {
    return await goOn(path, manifest, options);
  } finally {
    unlock();
  }
};

const goOn = async (path: string, manifest: Manifest, options: RunOptions): Promise<Run> => {
  const { spec, tasks, id } = manifest;
  const { systems, executor = threadExecutor(), onStart, onRecord, onNotice } = options;
  makeTaskFolders(path);
  onStart?.(manifest);
  const progress = studyProgress(options.onProgress);
  const assignments: Assignment[] = [];
  const kept = new Map<Task, readonly string[]>();
  for (const task of tasks) {
    const log = loadTaskLog(path, task);
    const isTogether = systems[task.system].protocols[task.protocol].runTogether !== undefined;
    const saved = loadSavedPoint(path, task);
    const resume = log.isDone ? undefined : resumePointOf(log, task, { isTogether, saved });
    const count = resume?.lines ?? log.lines.length;
    if (log.tornBytes > 0)
      onNotice?.(`a torn last line of ${log.tornBytes} bytes was cut off the log of task ${task.index}`);
    for (const record of log.records.slice(0, count)) onRecord?.(task.study, record);
    progress(task, (resume?.chain ?? task.to) - task.from);
    if (!resume) {
      removeState(path, task);
      continue;
    }
    kept.set(task, log.lines.slice(0, count));
    assignments.push({ task, resume });
  }
  const writers = new Map<Task, TaskWriter>();
  // Logs are opened by their first result: an ensemble can have more tasks than a process may open files.
  const writer = (task: Task): TaskWriter => {
    let open = writers.get(task);
    if (!open) {
      open = openTask(path, task, kept.get(task));
      writers.set(task, open);
    }
    return open;
  };
  try {
    await executor(
      assignments,
      {
        onLine(task, line) {
          writer(task).line(line);
          onRecord?.(task.study, JSON.parse(line));
        },
        onSnapshot: (task, chain, name, arrays) => writer(task).snapshot(chain, name, arrays),
        onState: (task, point) => writer(task).state(point),
        onProgress: progress,
        onDone(task) {
          writer(task).finish();
          writers.delete(task);
          progress(task, task.to - task.from);
        },
      },
      { signal: options.signal, saveEvery: options.saveEvery },
    );
  } catch (cause) {
    throw describe(cause, id, path);
  } finally {
    for (const open of writers.values()) open.close();
  }
  if (spec.claims.length > 0) options.onJudge?.(spec.claims.length);
  return closeRun(path, spec, tasks, systems);
};

const closeRun = (path: string, spec: CompleteSpec, tasks: readonly Task[], systems: Systems): Run => {
  const logs = new Map<Task, TaskLog>(tasks.map(task => [task, loadTaskLog(path, task)]));
  const table = recordTable(study =>
    tasks.filter(task => task.study === study).flatMap(task => logs.get(task)!.records),
  );
  writeVerdicts(path, judgeClaims(spec, systems[spec.system], table));
  writeFinish(path, runContentHash(logs.values()), ["run.json", ...recordFiles(path, tasks), VERDICTS]);
  return openRun(path);
};

const describe = (cause: unknown, id: string, path: string): unknown => {
  if (isLandauError(cause, "cancelled"))
    return new LandauError("cancelled", `run ${id} was stopped; to go on: landau resume ${path}`, { cause });
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
