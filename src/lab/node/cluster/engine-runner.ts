import { existsSync } from "node:fs";
import { join } from "node:path";
import type { RunRecord } from "../../../contracts/protocol.ts";
import type { StudyProgress } from "../../study-progress.ts";
import type { Task } from "../../tasks.ts";
import type { Manifest } from "../manifest.ts";
import type { RoundRunner } from "../round.ts";
import type { RunOptions } from "../run-options.ts";
import { logName } from "../task-files.ts";
import { engineError } from "./engine.ts";
import { growPlan } from "./grow-plan.ts";
import { isWhole, readLog } from "./results.ts";
import { readHistories, workerName } from "./worker-log.ts";

const POLL_EVERY = 1000;

/** Runs the rounds of a run folder on an engine. `first` is how many tasks the first round has. */
export const engineRunner = (
  folder: string,
  manifest: Manifest,
  first: number,
  progress: StudyProgress,
  { engine, systems, signal, pollEvery = POLL_EVERY, onRecord, onNotice = () => {} }: RunOptions,
): RoundRunner => {
  const records = new Map<number, readonly RunRecord[]>();
  const writer = workerName();

  /** Takes in what is there, and returns the rest. */
  const takeIn = (tasks: readonly Task[]): readonly Task[] => {
    const isThere = (task: Task) => existsSync(join(folder, logName(task)));
    if (!tasks.some(isThere)) return tasks;
    const histories = readHistories(folder);
    return tasks.filter(task => {
      if (!isThere(task) || !isWhole(folder, task, histories)) return true;
      const log = readLog(folder, task);
      for (const record of log.records) onRecord?.(task.study, record);
      records.set(task.index, task.piece ? log.records : []);
      progress.update(task, task.to - task.from);
      return false;
    });
  };

  return {
    run(tasks, known) {
      growPlan(folder, known, first, writer);
      progress.round(tasks);
      let rest = takeIn(tasks);
      if (rest.length === 0) return undefined;
      const missing = () => {
        if (rest.length > 0) rest = takeIn(rest);
        return rest;
      };
      return engine!.run({ folder, manifest, systems, tasks: rest, signal, pollEvery, missing, onNotice }).then(() => {
        const { length } = missing();
        if (length > 0) throw engineError(`the engine has ended, and ${length} tasks have no result`);
      });
    },
    // Whoever made the engine closes it: runs may share it.
    close: () => {},
    recordsOf: ({ index }) => records.get(index),
  };
};
