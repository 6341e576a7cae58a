import type { RunRecord } from "../../contracts/protocol.ts";
import type { Assignment } from "../executor.ts";
import type { StudyProgress } from "../study-progress.ts";
import { resumePointOf } from "../task-log.ts";
import type { Task } from "../tasks.ts";
import type { RunOptions } from "./run-options.ts";
import {
  isUntouched,
  loadStanding,
  loadTaskLog,
  namesOfTaskFiles,
  openTask,
  removeState,
  type TaskWriter,
} from "./task-files.ts";
import { threadExecutor } from "./threads.ts";

/** Runs the tasks of a run folder, each from where its log and its saved state leave it. */
export interface RoundRunner {
  /** Is given the tasks of a round and all so far. Returns nothing when those of the round were done before. */
  run(tasks: readonly Task[], known: readonly Task[]): Promise<void> | undefined;
  /** Ends what waits for another round. */
  close(): void;
  /** The records of a task that is done; none for a task without a piece, which no plan asks for. */
  recordsOf(task: Task): readonly RunRecord[] | undefined;
}

export const roundRunner = (path: string, progress: StudyProgress, options: RunOptions): RoundRunner => {
  const { systems, executor = threadExecutor(), signal, saveEvery, onRecord, onNotice } = options;
  const done = new Map<number, readonly RunRecord[]>();

  const execute = async (assignments: readonly Assignment[], kept: ReadonlyMap<Task, readonly string[]>) => {
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
          onProgress: progress.update,
          onDone(task) {
            writer(task).finish();
            writers.delete(task);
            progress.update(task, task.to - task.from);
          },
        },
        { signal, saveEvery, keepWorkers: true },
      );
    } finally {
      for (const open of writers.values()) open.close();
    }
    for (const { task } of assignments) done.set(task.index, task.piece ? loadTaskLog(path, task).records : []);
  };

  // Nobody else writes into a folder that is locked: what its first round finds is all there is of earlier processes.
  let earlier: ReadonlySet<string> | undefined;

  return {
    run(tasks) {
      progress.round(tasks);
      earlier ??= namesOfTaskFiles(path);
      const assignments: Assignment[] = [];
      const kept = new Map<Task, readonly string[]>();
      for (const task of tasks) {
        if (isUntouched(earlier, task)) {
          assignments.push({ task, resume: { chain: task.from, lines: 0 } });
          kept.set(task, []);
          progress.update(task, 0);
          continue;
        }
        const { log, saved } = loadStanding(path, task);
        const isTogether = systems[task.system].protocols[task.protocol].runTogether !== undefined;
        const resume = log.isDone ? undefined : resumePointOf(log, task, { isTogether, saved });
        const count = resume?.lines ?? log.lines.length;
        if (log.tornBytes > 0)
          onNotice?.(`a torn last line of ${log.tornBytes} bytes was cut off the log of task ${task.index}`);
        for (const record of log.records.slice(0, count)) onRecord?.(task.study, record);
        progress.update(task, (resume?.chain ?? task.to) - task.from);
        if (!resume) {
          removeState(path, task);
          done.set(task.index, task.piece ? log.records : []);
          continue;
        }
        kept.set(task, log.lines.slice(0, count));
        assignments.push({ task, resume });
      }
      return assignments.length === 0 ? undefined : execute(assignments, kept);
    },
    close: () => executor.close?.(),
    recordsOf: ({ index }) => done.get(index),
  };
};
