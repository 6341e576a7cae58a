import { runInRounds } from "../../plan.ts";
import type { Task } from "../../tasks.ts";
import { closeRun } from "../close-run.ts";
import { isFinished } from "../finish.ts";
import { checkGoesOn } from "../goes-on.ts";
import { isLocked, lockRun } from "../lock.ts";
import { type Manifest, readManifest } from "../manifest.ts";
import type { RunOptions } from "../run-options.ts";
import { openRun, type Run } from "../runs.ts";
import { fileStem } from "../task-files.ts";
import { growPlan } from "./grow-plan.ts";
import { isWhole, readLog } from "./results.ts";
import { type Histories, type Machine, readHistories, workerName } from "./worker-log.ts";

export interface FailedTask {
  readonly task: Task;
  readonly error: string;
  readonly machine: Machine;
}

/** How far a run folder is. */
export interface Standing {
  readonly manifest: Manifest;
  /** Tasks that are known; a protocol that works in rounds may plan more once they are done. */
  readonly known: number;
  readonly done: number;
  /** Those that a worker could not do, and nobody did since. */
  readonly failed: readonly FailedTask[];
}

/** What gathering came to. */
export interface Gathered extends Standing {
  /** How many tasks the next round has, when this call planned it. */
  readonly planned: number;
  /** Another process is at work on the run, and will close it. */
  readonly isHeld: boolean;
  /** The run, once it is closed. */
  readonly run?: Run;
}

/** Reads how far a run is from its folder alone. Logs that are damaged count as missing. */
export const standingOf = (folder: string): Standing => {
  const manifest = readManifest(folder);
  const histories = readHistories(folder);
  const missing = manifest.tasks.filter(task => !isWhole(folder, task, histories));
  const failed = missing.flatMap(task => failureOf(task, histories));
  return { manifest, known: manifest.tasks.length, done: manifest.tasks.length - missing.length, failed };
};

const failureOf = (task: Task, histories: Histories): readonly FailedTask[] => {
  const failed = histories.get(fileStem(task))?.failed;
  return failed ? [{ task, ...failed }] : [];
};

/**
 * Gathers what workers have made in a run folder: when a round is done it plans the next one, and when all are, judges the claims and closes the run.
 * It may be called while workers run.
 */
export const gather = async (folder: string, options: RunOptions): Promise<Gathered> => {
  const standing = standingOf(folder);
  const isHeld = isLocked(folder);
  const so = (more: Partial<Gathered> = {}): Gathered => ({ ...standing, planned: 0, isHeld, ...more });
  if (isFinished(folder)) return so({ run: openRun(folder) });
  if (standing.done < standing.known || isHeld) return so();
  const { manifest } = standing;
  const first = await checkGoesOn(manifest, options.systems);
  const unlock = lockRun(folder);
  try {
    const histories = readHistories(folder);
    const missing: Task[] = [];
    const recordsOf = (task: Task) => (isWhole(folder, task, histories) ? readLog(folder, task).records : undefined);
    const tasks = await runInRounds(manifest.spec, options.systems, recordsOf, (round, known) => {
      growPlan(folder, known, first, workerName());
      for (const task of round) if (!isWhole(folder, task, histories)) missing.push(task);
      return undefined;
    });
    if (missing.length > 0)
      return so({ known: tasks.length, done: tasks.length - missing.length, planned: missing.length });
    return so({ run: closeRun(folder, manifest, tasks, first, options) });
  } finally {
    unlock();
  }
};
