import type { Verdict } from "../contracts/claim.ts";
import type { RunRecord } from "../contracts/protocol.ts";
import { type CompleteSpec, completeSpec, type Systems } from "./complete-spec.ts";
import type { Executor } from "./executor.ts";
import { type RecordTable, recordTable } from "./records.ts";
import type { Spec } from "./spec.ts";
import { studyProgress } from "./study-progress.ts";
import { runContentHash } from "./task-log.ts";
import { tasksOf } from "./tasks.ts";
import { judgeClaims } from "./verdicts.ts";

export interface MemoryRun extends RecordTable {
  readonly spec: CompleteSpec;
  /** The same as that of a stored run of the same spec. */
  readonly contentHash: string;
  readonly verdicts: readonly Verdict[];
}

export interface MemoryRunOptions {
  readonly systems: Systems;
  readonly executor: Executor;
  readonly signal?: AbortSignal;
  /** `done` of a study's chains are done; a part of a chain counts as a fraction. */
  onProgress?(study: string, done: number): void;
}

/** Runs a spec and keeps the records in memory: for browsers and short programs. Snapshots are not kept. */
export const runInMemory = async (spec: Spec, options: MemoryRunOptions): Promise<MemoryRun> => {
  const { systems, executor, signal, onProgress } = options;
  const complete = completeSpec(spec, systems);
  const tasks = tasksOf(complete);
  const logs = tasks.map(() => ({ lines: [] as string[], records: [] as RunRecord[] }));
  const progress = studyProgress(onProgress);
  await executor(
    tasks.map(task => ({ task })),
    {
      onLine({ index }, line) {
        logs[index].lines.push(line);
        logs[index].records.push(JSON.parse(line));
      },
      onSnapshot: () => {},
      onState: () => {},
      onProgress: progress,
      onDone: task => progress(task, task.to - task.from),
    },
    { signal, saveEvery: Number.POSITIVE_INFINITY },
  );
  const table = recordTable(study =>
    tasks.filter(task => task.study === study).flatMap(({ index }) => logs[index].records),
  );
  return {
    spec: complete,
    contentHash: runContentHash(logs),
    verdicts: judgeClaims(complete, systems[spec.system], table),
    ...table,
  };
};
