import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { LandauError } from "../../../errors.ts";
import type { Systems } from "../../complete-spec.ts";
import type { Executor } from "../../executor.ts";
import type { Task } from "../../tasks.ts";
import { taskIdOf } from "../../tasks.ts";
import { readManifest } from "../manifest.ts";
import { fileStem } from "../task-files.ts";
import { landauVersion } from "../versions.ts";
import { pause } from "./engine.ts";
import type { JobData } from "./queue.ts";
import { connectionOf, endSign, firstAnswer, loadBullMq, queueName } from "./queue-connection.ts";
import { type Answer, packResult } from "./returned.ts";
import { work } from "./work.ts";
import { openWorkerLog, readHistories, workerName } from "./worker-log.ts";

export interface QueueWorkOptions {
  readonly address: string;
  /** The run's name. */
  readonly id: string;
  /** The run folder, where this machine sees it; results go back through the queue where it does not. */
  readonly folder?: string;
  systemsOf(name: string): Promise<Systems>;
  readonly executor: Executor;
  /** Tasks at once. */
  readonly count: number;
  /** Seconds for which a worker that is not heard of keeps its tasks. */
  readonly lease: number;
  readonly signal?: AbortSignal;
  onTask?(how: "made" | "failed"): void;
  onNotice?(message: string): void;
}

const data = z.object({
  landau: z.string(),
  task: z.object({
    index: z.int().min(0),
    id: z.string().regex(/^[0-9a-f]{16}$/),
    study: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/),
    system: z.string(),
    protocol: z.string(),
    settings: z.record(z.string(), z.union([z.number(), z.string()])),
    seed: z.int().min(0),
    from: z.int().min(0),
    to: z.int().min(1),
    fast: z.array(z.enum(["relaxed", "revectorize", "blas"])).optional(),
    piece: z.record(z.string(), z.json()).optional(),
    isFree: z.literal(true).optional(),
  }),
});

/** Milliseconds between two questions whether the run is over. */
const ASK_EVERY = 1000;

/**
 * Takes tasks of a run from its queue until the run is over or the signal is aborted. This thread only keeps the lease alive; tasks run on those of the
 * executor.
 */
export const workOnQueue = async (options: QueueWorkOptions): Promise<void> => {
  const { address, id, folder, count, lease, signal, onNotice = () => {} } = options;
  const { Worker } = await loadBullMq();
  const process = folder === undefined ? withoutFolder(options) : inFolder(folder, options);
  const worker = new Worker<JobData, Answer>(queueName(id), job => process(String(job.id), job.data), {
    connection: connectionOf(address),
    concurrency: count,
    lockDuration: 1000 * lease,
    stalledInterval: 500 * lease,
    // Workers that are killed are no fault of their task.
    maxStalledCount: 1_000_000,
  });
  const sign = await endSign(address, id);
  let isSilent = false;
  worker.on("error", error => {
    if (!isSilent) onNotice(`the queue: ${error.message || "no connection"}`);
    isSilent = true;
  });
  worker.on("ready", () => {
    isSilent = false;
  });
  try {
    await firstAnswer(address, worker.waitUntilReady());
    while (!signal?.aborted) {
      await pause(ASK_EVERY, signal);
      if (await Promise.race([sign.isSet(), pause(5 * ASK_EVERY)])) break;
    }
  } finally {
    sign.close();
    // Whoever was in the middle of a task gives it up: another one takes it over when the lease has ended.
    await Promise.race([worker.close(true), pause(2 * ASK_EVERY)]);
    await worker.disconnect().catch(() => {});
  }
};

/** What is done with a job. */
type Process = (name: string, data: unknown) => Promise<Answer>;

const inFolder = (folder: string, options: QueueWorkOptions): Process => {
  const { systemsOf, executor, signal, onTask } = options;
  const log = openWorkerLog(folder);
  const histories = readHistories(folder);
  let tasks = new Map<string, Task>();
  return async name => {
    // A round that was planned meanwhile.
    if (!tasks.has(name)) tasks = new Map(readManifest(folder).tasks.map(task => [fileStem(task), task]));
    const task = tasks.get(name);
    if (!task) throw new LandauError("input", `the run has no task ${name}`);
    let failed: string | undefined;
    await work(
      folder,
      [task],
      {
        systems: await systemsOf(task.system),
        executor,
        signal,
        histories,
        onTask: (_, how, error) => {
          if (how === "failed") failed = error?.message ?? "";
        },
      },
      log,
    );
    onTask?.(failed === undefined ? "made" : "failed");
    return failed === undefined ? {} : { failed };
  };
};

/** Does the task in a folder of its own and sends back the bytes. What a queue says is believed only if it is a task, by its own hash, of a known system. */
const withoutFolder = (options: QueueWorkOptions): Process => {
  const { systemsOf, executor, signal, onTask } = options;
  const name = workerName();
  return async (_, given) => {
    const { task, landau } = data.parse(given);
    if (landau !== landauVersion())
      return {
        failed: `the run was begun by Landau ${landau}, this worker has ${landauVersion()}: one run keeps one version`,
      };
    if (taskIdOf(task) !== task.id) return { failed: "the task is not what its name says" };
    const folder = mkdtempSync(join(tmpdir(), "landau-work-"));
    try {
      const log = openWorkerLog(folder, name);
      const started = performance.now();
      let failed: string | undefined;
      const onEnd = (_: Task, how: string, error?: Error) => {
        if (how === "failed") failed = error?.message ?? "";
      };
      const systems = await systemsOf(task.system);
      await work(folder, [task], { systems, executor, signal, onTask: onEnd }, log);
      onTask?.(failed === undefined ? "made" : "failed");
      const seconds = Math.round(performance.now() - started) / 1000;
      return failed === undefined ? { result: packResult(folder, task, log, seconds) } : { failed };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
};
