import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Executor } from "../executor.ts";
import { poolExecutor } from "../pool.ts";
import type { WorkerPort } from "../worker-messages.ts";

/** The built worker: beside the chunk that this file ends up in, or in `dist/` when run from its source. */
const workerUrl = new URL(
  import.meta.url.endsWith(".ts") ? "../../../dist/worker-node.mjs" : "./worker-node.mjs",
  import.meta.url,
);

/** A worker thread of Node that runs a module. */
export const threadWorker = (module: URL): WorkerPort => {
  const worker = new Worker(module);
  return {
    post: message => worker.postMessage(message),
    onMessage: handler => {
      worker.on("message", handler);
      worker.on("messageerror", error => handler({ type: "died", reason: error.message }));
      worker.on("error", error => handler({ type: "died", reason: error.message }));
      worker.on("exit", code => handler({ type: "died", reason: `exit code ${code}` }));
    },
    terminate: () => void worker.terminate(),
  };
};

/** Runs tasks on worker threads: as many as the machine has cores for when no number is given. */
export const threadExecutor = (count: number = availableParallelism()): Executor =>
  poolExecutor(() => threadWorker(workerUrl), count);
