import type { Executor } from "../executor.ts";
import { poolExecutor } from "../pool.ts";
import type { WorkerPort } from "../worker-messages.ts";

/** A Web Worker that runs a module. */
export const webWorker = (module: URL | string): WorkerPort => {
  const worker = new Worker(module, { type: "module" });
  return {
    post: message => worker.postMessage(message),
    onMessage: handler => {
      worker.onmessage = ({ data }) => handler(data);
      worker.onmessageerror = () => handler({ type: "died", reason: "it sent what could not be read" });
      worker.onerror = ({ message }) => handler({ type: "died", reason: message || `cannot load ${module}` });
    },
    terminate: () => worker.terminate(),
  };
};

/** Runs tasks on Web Workers of the built module: as many as the machine has cores for when no number is given. */
export const webExecutor = (module: URL | string, count: number = navigator.hardwareConcurrency): Executor =>
  poolExecutor(() => webWorker(module), count);
