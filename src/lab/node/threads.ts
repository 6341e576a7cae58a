import { availableParallelism } from "node:os";
import { type ResourceLimits, Worker } from "node:worker_threads";
import type { Executor } from "../executor.ts";
import { poolExecutor } from "../pool.ts";
import type { WorkerMessage, WorkerPort } from "../worker-messages.ts";

/** The built worker: beside the chunk that this file ends up in, or in `dist/` when run from its source. */
const workerUrl = new URL(
  import.meta.url.endsWith(".ts") ? "../../../dist/worker-node.mjs" : "./worker-node.mjs",
  import.meta.url,
);

/** A worker thread of Node that runs a module; without limits of its own it may have what the process may have. */
export const threadWorker = (module: URL, resourceLimits?: ResourceLimits): WorkerPort => {
  const worker = new Worker(module, { resourceLimits });
  let receive: (message: WorkerMessage) => void = () => {};
  const died = (reason: string, isOutOfMemory = false) => receive({ type: "died", reason, isOutOfMemory });
  worker.on("message", message => receive(message));
  worker.on("messageerror", error => died(error.message));
  worker.on("error", (error: NodeJS.ErrnoException) => died(error.message, error.code === "ERR_WORKER_OUT_OF_MEMORY"));
  worker.on("exit", code => died(`exit code ${code}`));
  return {
    post: message => worker.postMessage(message),
    onMessage: handler => {
      receive = handler;
    },
    terminate: () => void worker.terminate(),
  };
};

/** Runs tasks on worker threads: as many as the machine has cores for when no number is given. */
export const threadExecutor = (count: number = availableParallelism()): Executor =>
  poolExecutor(() => threadWorker(workerUrl), count);
