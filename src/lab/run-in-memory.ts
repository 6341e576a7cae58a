import type { Verdict } from "../contracts/claim.ts";
import type { RunRecord } from "../contracts/protocol.ts";
import { loadSystem } from "../systems/index.ts";
import { type CompleteSpec, completeSpec, type Systems } from "./complete-spec.ts";
import type { Executor, TaskHandlers } from "./executor.ts";
import { runInRounds } from "./plan.ts";
import { type RecordTable, recordTable } from "./records.ts";
import type { Spec } from "./spec.ts";
import { studyProgress, type TellProgress } from "./study-progress.ts";
import { runContentHash } from "./task-log.ts";
import { inReadingOrder, type Task } from "./tasks.ts";
import { judgeClaims } from "./verdicts.ts";

export interface MemoryRun extends RecordTable {
  readonly spec: CompleteSpec;
  /** The same as that of a stored run of the same spec. */
  readonly contentHash: string;
  readonly verdicts: readonly Verdict[];
}

export interface MemoryRunOptions {
  /** Landau's own when absent, of which only the one that the spec names is loaded. */
  readonly systems?: Systems;
  readonly executor: Executor;
  readonly signal?: AbortSignal;
  readonly onProgress?: TellProgress;
  /** Called with each record as it comes; those of one task in order, tasks may interleave. */
  onRecord?(study: string, record: RunRecord, spec: CompleteSpec): void;
}

/** Runs a spec and keeps the records in memory: for browsers and short programs. Snapshots are not kept. */
export const runInMemory = async (spec: Spec, options: MemoryRunOptions): Promise<MemoryRun> => {
  const { executor, signal, onProgress } = options;
  const systems = options.systems ?? { [spec.system]: await loadSystem(spec.system) };
  const complete = completeSpec(spec, systems);
  const all: { readonly study: string; readonly lines: string[]; readonly records: RunRecord[] }[] = [];
  const progress = studyProgress(complete.studies, onProgress);
  const handlers: TaskHandlers = {
    onLine({ index, study }, line) {
      all[index].lines.push(line);
      const record: RunRecord = JSON.parse(line);
      all[index].records.push(record);
      options.onRecord?.(study, record, complete);
    },
    onSnapshot: () => {},
    onState: () => {},
    onProgress: progress.update,
    onDone: task => progress.update(task, task.to - task.from),
  };
  const recordsOf = ({ index }: Task) => all[index]?.records;
  const execution = { signal, saveEvery: Number.POSITIVE_INFINITY, keepWorkers: true };
  let tasks: readonly Task[];
  try {
    tasks = await runInRounds(complete, systems, recordsOf, tasks => {
      for (const { study } of tasks) all.push({ study, lines: [], records: [] });
      progress.round(tasks);
      const assignments = tasks.map(task => ({ task }));
      return executor(assignments, handlers, execution);
    });
  } finally {
    executor.close?.();
  }
  progress.round([]);
  const logs = inReadingOrder(tasks).map(({ index }) => all[index]);
  const table = recordTable(study => logs.filter(log => log.study === study).flatMap(({ records }) => records));
  return {
    spec: complete,
    contentHash: runContentHash(logs),
    verdicts: judgeClaims(complete, systems[spec.system], table),
    ...table,
  };
};
