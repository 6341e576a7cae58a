import { closeSync, fstatSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { NamedArrays } from "../../contracts/protocol.ts";
import { LandauError } from "../../errors.ts";
import { packNpz } from "../../formats/pack-npz.ts";
import { textHash } from "../canonical.ts";
import type { ResumePoint } from "../run-task.ts";
import { doneLine, emptyLog, readTaskLog, type SavedPoint, type TaskLog } from "../task-log.ts";
import type { Task } from "../tasks.ts";
import { guarded, partOf, readIfThere, writeAll, writeAtomically } from "./files.ts";
import { isFinished } from "./finish.ts";
import { readSavedPoint, writeSavedPoint } from "./saved-point.ts";

/**
 * `tasks/003-0a1b2c3d4e5f6071.jsonl`: the index keeps tasks of equal content apart. A free task has the name of its study in its place, in which it
 * is the only one of its content.
 */
export const fileStem = ({ index, id, study, isFree }: Task): string =>
  `${isFree ? study : String(index).padStart(3, "0")}-${id}`;

export const logName = (task: Task): string => `tasks/${fileStem(task)}.jsonl`;
export const statePath = (folder: string, task: Task): string => join(folder, "tasks", `${fileStem(task)}.state`);

/** The log of a task, empty when it was not begun. Throws a LandauError of kind "store" for a corrupt one. */
export const loadTaskLog = (folder: string, task: Task): TaskLog => {
  const path = join(folder, logName(task));
  const bytes = readIfThere(path);
  return bytes ? readTaskLog(bytes, path, task) : emptyLog;
};

/** Names of the files in a run's folder of tasks. */
export const namesOfTaskFiles = (folder: string): ReadonlySet<string> => {
  const path = join(folder, "tasks");
  return new Set(guarded("read", path, () => readdirSync(path)));
};

/** Nothing of the task is among those names: neither a log nor a saved state. */
export const isUntouched = (names: ReadonlySet<string>, task: Task): boolean => {
  const stem = fileStem(task);
  return !names.has(`${stem}.jsonl`) && !names.has(`${stem}.state`) && !names.has(`${stem}.state.part`);
};

/** How far a task has come. */
export interface TaskStanding {
  readonly log: TaskLog;
  readonly saved?: SavedPoint;
}

/** The log of a task with its saved state. A worker of several keeps the lines before a state with it, as its log is its own until it ends. */
export const loadStanding = (folder: string, task: Task, read: typeof loadTaskLog = loadTaskLog): TaskStanding => {
  const log = read(folder, task);
  const path = statePath(folder, task);
  const saved = log.isDone ? undefined : readSavedPoint(path);
  if (saved?.before === undefined || log.lines.length >= saved.lines) return { log, saved };
  return { log: readTaskLog(new TextEncoder().encode(saved.before), path, task), saved };
};

export const snapshotName = (task: Task, chain: number, name: string): string =>
  `snapshots/${fileStem(task)}-${chain}-${name}.npz`;

/** Makes the folders that tasks write into. */
export const makeTaskFolders = (folder: string): void => {
  for (const name of ["tasks", "snapshots"])
    guarded("write", join(folder, name), () => mkdirSync(join(folder, name), { recursive: true }));
};

/** The open files of one task while it runs. */
export interface TaskWriter {
  line(line: string): void;
  snapshot(chain: number, name: string, arrays: NamedArrays): void;
  state(point: ResumePoint): void;
  /** Closes the log with its hash. */
  finish(): void;
  /** Leaves the log as it is, to be resumed. */
  close(): void;
}

/** Opens the log of a task after its first lines; what follows them is cut off. */
export const openTask = (folder: string, task: Task, kept: readonly string[] = []): TaskWriter => {
  if (isFinished(folder)) throw new LandauError("store", `${folder} is finished: its records do not change any more`);
  const path = join(folder, logName(task));
  const encoder = new TextEncoder();
  const hash = textHash();
  let size = 0;
  for (const line of kept) {
    hash.add(`${line}\n`);
    size += encoder.encode(line).length + 1;
  }
  const file = guarded("write", path, () => {
    const file = openSync(path, "a");
    const isThere = fstatSync(file).size >= size;
    ftruncateSync(file, isThere ? size : 0);
    // Lines of a worker that kept its log for itself.
    if (!isThere) writeAll(file, encoder.encode(kept.map(line => `${line}\n`).join("")));
    return file;
  });
  const append = (line: string) => guarded("write", path, () => writeAll(file, encoder.encode(`${line}\n`)));
  const sync = () => guarded("write", path, () => fsyncSync(file));
  let isOpen = true;

  const close = () => {
    const wasOpen = isOpen;
    isOpen = false;
    if (wasOpen) guarded("write", path, () => closeSync(file));
  };

  return {
    line(line) {
      append(line);
      hash.add(`${line}\n`);
    },
    snapshot(chain, name, arrays) {
      writeAtomically(join(folder, snapshotName(task, chain, name)), packNpz(arrays));
    },
    state(point) {
      // The state must not outlive lines that belong before it.
      sync();
      writeSavedPoint(statePath(folder, task), { ...point, log: hash.hex() });
    },
    finish() {
      append(doneLine(hash.hex()));
      sync();
      close();
      removeState(folder, task);
    },
    close,
  };
};

/** Removes what only an unfinished task needs: its saved state, and what a kill left of one that was being written. */
export const removeState = (folder: string, task: Task): void => {
  const path = statePath(folder, task);
  for (const each of [path, partOf(path)]) guarded("write", each, () => rmSync(each, { force: true }));
};

/** Removes what is left of unfinished files once all tasks are done: of killed workers, and of those that did again what another one had done. */
export const removeUnfinished = (folder: string): void => {
  for (const place of ["tasks", "snapshots"])
    for (const name of guarded("read", join(folder, place), () => readdirSync(join(folder, place))))
      if (name.endsWith(".part") || name.endsWith(".state"))
        guarded("write", name, () => rmSync(join(folder, place, name), { force: true }));
};

/** Files of records, by their names inside the run folder, in a fixed order. */
export const recordFiles = (folder: string, tasks: readonly Task[]): readonly string[] => {
  const snapshots = guarded("read", folder, () => readdirSync(join(folder, "snapshots")))
    .filter(name => name.endsWith(".npz"))
    .sort()
    .map(name => `snapshots/${name}`);
  return [...tasks.map(logName), ...snapshots];
};
