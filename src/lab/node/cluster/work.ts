import { randomInt } from "node:crypto";
import type { Systems } from "../../complete-spec.ts";
import type { Assignment, Executor } from "../../executor.ts";
import { runInRounds } from "../../plan.ts";
import { resumePointOf } from "../../task-log.ts";
import type { Task } from "../../tasks.ts";
import { checkGoesOn } from "../goes-on.ts";
import type { Manifest } from "../manifest.ts";
import { fileStem, loadStanding, makeTaskFolders } from "../task-files.ts";
import { threadExecutor } from "../threads.ts";
import { growPlan } from "./grow-plan.ts";
import { openResult, type ResultWriter, readLog, snapshotsAreWhole } from "./results.ts";
import { begunLast, type Histories, openWorkerLog, readHistories, type WorkerLog } from "./worker-log.ts";

export interface WorkOptions {
  readonly systems: Systems;
  /** How tasks are run: on as many worker threads as there are cores when absent. */
  readonly executor?: Executor;
  /** Aborting it ends the work with a LandauError of kind "cancelled"; whoever works on the run goes on from the saved states. */
  readonly signal?: AbortSignal;
  /** Milliseconds between the saved states of a task; 1000 when absent. */
  readonly saveEvery?: number;
  /** What is known of earlier work on the run; read when absent. */
  readonly histories?: Histories;
  /** A task has its result, made here or found; or it failed. */
  onTask?(task: Task, how: "made" | "found" | "failed", error?: Error): void;
  /** How many chains of a task are done. */
  onProgress?(task: Task, done: number): void;
}

/** Results that may be on their way to the disk at once: waiting for one after the other is slow, and files that are open are few. */
const ON_THE_WAY = 64;

/** Seconds from which a task is worth waiting for its disk before the next begins, so that a kill costs one task and no more. */
const SHORT = 0.02;

/**
 * Makes those results of some tasks of a run folder that are not there yet. Any number of processes, on any machines that see the folder, may do
 * so at once: each writes under names of its own until a result is whole, and equal tasks give equal bytes. A task that fails is told and the
 * others go on. Rejects when a result cannot be written.
 */
export const work = async (
  folder: string,
  tasks: Iterable<Task>,
  options: WorkOptions,
  log: WorkerLog = openWorkerLog(folder),
): Promise<void> => {
  const {
    systems,
    executor = threadExecutor(),
    signal,
    saveEvery,
    onTask,
    onProgress,
    histories = readHistories(folder),
  } = options;
  const writers = new Map<Task, { readonly result: ResultWriter; readonly started: number }>();
  const onTheWay = new Set<Promise<void>>();
  let failure: unknown;

  function* missing(): Generator<Assignment> {
    for (const task of tasks) {
      if (failure !== undefined) return;
      const { log: found, saved } = loadStanding(folder, task, readLog);
      if (found.isDone && snapshotsAreWhole(folder, task, histories)) {
        onTask?.(task, "found");
        continue;
      }
      const isTogether = systems[task.system].protocols[task.protocol].runTogether !== undefined;
      const isDamaged = found.isDone;
      const resume = isDamaged ? undefined : resumePointOf(found, task, { isTogether, saved });
      log.add({ begun: fileStem(task) });
      const result = openResult(folder, task, found.lines.slice(0, resume?.lines ?? 0), log.name);
      writers.set(task, { result, started: performance.now() });
      yield { task, resume };
    }
  }

  const finish = async (task: Task): Promise<void> => {
    const { result, started } = writers.get(task)!;
    writers.delete(task);
    const seconds = Math.round(performance.now() - started) / 1000;
    try {
      await result.finish(
        snapshots =>
          log.add({ done: fileStem(task), seconds, ...(Object.keys(snapshots).length > 0 && { snapshots }) }),
        onTheWay.size >= ON_THE_WAY || seconds >= SHORT,
      );
      onTask?.(task, "made");
    } catch (error) {
      failure ??= error;
    }
  };

  const handlers = {
    onLine: (task: Task, line: string) => writers.get(task)!.result.line(line),
    onSnapshot: (task: Task, ...given: Parameters<ResultWriter["snapshot"]>) =>
      writers.get(task)!.result.snapshot(...given),
    onState: (task: Task, point: Parameters<ResultWriter["state"]>[0]) => writers.get(task)!.result.state(point),
    onProgress: (task: Task, done: number) => onProgress?.(task, done),
    onDone(task: Task) {
      const finishing = finish(task);
      onTheWay.add(finishing);
      finishing.finally(() => onTheWay.delete(finishing));
    },
    onFailed(task: Task, error: Error) {
      writers.get(task)?.result.close();
      writers.delete(task);
      log.add({ failed: fileStem(task), error: error.message });
      onTask?.(task, "failed", error);
    },
  };

  makeTaskFolders(folder);
  try {
    await executor(missing(), handlers, { signal, saveEvery, keepWorkers: true });
  } finally {
    await Promise.all(onTheWay);
    for (const { result } of writers.values()) result.close();
  }
  if (failure !== undefined) throw failure;
};

/**
 * Works on all tasks of a run, round after round: whoever finds a round done plans the next one, which is the same whoever plans it. Ends after a
 * round in which a task failed.
 */
export const workThrough = async (folder: string, manifest: Manifest, options: WorkOptions): Promise<void> => {
  const first = await checkGoesOn(manifest, options.systems);
  const log = openWorkerLog(folder);
  const recordsOf = (task: Task) => {
    const found = readLog(folder, task);
    return found.isDone ? found.records : undefined;
  };
  try {
    await runInRounds(manifest.spec, options.systems, recordsOf, (round, known) => {
      growPlan(folder, known, first, log.name);
      return work(folder, inOwnOrder(round, readHistories(folder)), options, log);
    });
  } finally {
    options.executor?.close?.();
  }
};

/** In an order of one's own, what others have begun last, so that workers who know nothing of each other seldom do the same at once. */
export const inOwnOrder = (tasks: readonly Task[], histories: Histories): readonly Task[] => {
  const all = [...tasks];
  for (let i = all.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [all[i], all[j]] = [all[j], all[i]];
  }
  return begunLast(all, histories);
};
