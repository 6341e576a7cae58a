import { createHash } from "node:crypto";
import { closeSync, fsync, fsyncSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { NamedArrays } from "../../../contracts/protocol.ts";
import { isLandauError, LandauError } from "../../../errors.ts";
import { packNpz } from "../../../formats/pack-npz.ts";
import type { ResumePoint } from "../../run-task.ts";
import { doneLine, emptyLog, type TaskLog } from "../../task-log.ts";
import { type Task, taskName } from "../../tasks.ts";
import { guarded, writeAll, writeAtomically } from "../files.ts";
import { writeSavedPoint } from "../saved-point.ts";
import { fileHash, sha256 } from "../sealed.ts";
import { fileStem, loadTaskLog, logName, removeState, snapshotName, statePath } from "../task-files.ts";
import type { Histories } from "./worker-log.ts";

/** The log of a task; an empty one where it is damaged, as its task then runs again. */
export const readLog = (folder: string, task: Task): TaskLog => {
  try {
    return loadTaskLog(folder, task);
  } catch (error) {
    if (isLandauError(error, "store") && !(error.cause instanceof Error)) return emptyLog;
    throw error;
  }
};

/** Whether the result of a task is there and whole: its log closed by the right hash, and the snapshots that a worker made of it. */
export const isWhole = (folder: string, task: Task, histories: Histories): boolean =>
  readLog(folder, task).isDone && snapshotsAreWhole(folder, task, histories);

export const snapshotsAreWhole = (folder: string, task: Task, histories: Histories): boolean =>
  Object.entries(histories.get(fileStem(task))?.done?.snapshots ?? {}).every(
    ([name, hash]) => fileHash(folder, name) === hash,
  );

/** The result of a task while a worker makes it: all under names of its own, until it is whole. */
export interface ResultWriter {
  line(line: string): void;
  snapshot(chain: number, name: string, arrays: NamedArrays): void;
  state(point: ResumePoint): void;
  /**
   * Closes the log, waits until it is on the disk, and gives it its name. Rejects with a LandauError of kind "store" when there is another log
   * of the task that is whole and differs. `told` is called with the hashes of the snapshots before the result can be seen.
   */
  finish(told: (snapshots: { readonly [name: string]: string }) => void, isInHaste?: boolean): Promise<void>;
  /** Leaves the task to be taken up at its saved state. */
  close(): void;
}

/** Bytes of saved states that are written in a millisecond, so that saving stays cheap for tasks with long logs. */
const SAVE_RATE = 10_000;

/** Begins the result of a task after its first lines. `worker` is in the names of unfinished files. */
export const openResult = (folder: string, task: Task, kept: readonly string[], worker: string): ResultWriter => {
  const path = join(folder, logName(task));
  const own = (target: string): string => `${target}.${worker}.part`;
  const encoder = new TextEncoder();
  const hash = createHash("sha256");
  const file = guarded("write", path, () => openSync(own(path), "w"));
  const snapshots: { [name: string]: string } = {};
  let size = 0;
  let isOpen = true;
  let nextSave = 0;

  const append = (text: string) => {
    const bytes = encoder.encode(text);
    size += bytes.length;
    guarded("write", path, () => writeAll(file, bytes));
  };
  const add = (text: string) => {
    append(text);
    hash.update(text);
  };
  if (kept.length > 0) add(`${kept.join("\n")}\n`);

  const discard = () => guarded("write", path, () => rmSync(own(path), { force: true }));
  const closeFile = () => {
    if (isOpen) guarded("write", path, () => closeSync(file));
    isOpen = false;
  };

  /** Whether somebody else has made the result meanwhile. */
  const isMade = (): boolean => {
    if (!readLog(folder, task).isDone) return false;
    if (readFileSync(path).equals(readFileSync(own(path)))) return true;
    throw new LandauError(
      "store",
      `${taskName(task)}: the records made here differ from those in ${path}, which were made elsewhere: the same task gave other numbers on two machines`,
    );
  };

  const giveName = () => {
    try {
      guarded("write", path, () => renameSync(own(path), path));
    } catch (error) {
      // Who closes a run takes away what is left of unfinished files.
      if (!readLog(folder, task).isDone) throw error;
    }
  };

  return {
    line: line => add(`${line}\n`),
    snapshot(chain, name, arrays) {
      const file = snapshotName(task, chain, name);
      const bytes = packNpz(arrays);
      snapshots[file] = sha256(bytes);
      writeAtomically(join(folder, file), bytes, own(join(folder, file)));
    },
    state(point) {
      if (performance.now() < nextSave) return;
      nextSave = performance.now() + size / SAVE_RATE;
      const before = readFileSync(own(path), "utf8");
      const state = statePath(folder, task);
      writeSavedPoint(state, { ...point, before, log: hash.copy().digest("hex") }, own(state));
    },
    async finish(told, isInHaste = false) {
      append(`${doneLine(hash.digest("hex"))}\n`);
      if (isInHaste) guarded("write", path, () => fsyncSync(file));
      else
        await new Promise<void>((done, fail) =>
          fsync(file, error =>
            error ? fail(new LandauError("store", `cannot write ${path}: ${error.message}`)) : done(),
          ),
        );
      closeFile();
      try {
        if (isMade()) return;
        told(snapshots);
        giveName();
      } finally {
        discard();
        removeState(folder, task);
      }
    },
    close() {
      closeFile();
      discard();
    },
  };
};
