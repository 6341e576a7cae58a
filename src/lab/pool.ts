import { invalid, LandauError } from "../errors.ts";
import { type Assignment, cancelled, type Executor, SAVE_EVERY, type TaskHandlers } from "./executor.ts";
import { type Task, taskName } from "./tasks.ts";
import { unpackError, type WorkerMessage, type WorkerPort } from "./worker-messages.ts";

/**
 * Runs tasks on at most `count` workers at a time; whoever is free takes the next. Workers are made when needed and ended
 * with the call, or kept for the next one. Cancelling ends them in the middle of their work, which their last saved states let resume.
 */
export const poolExecutor = (makeWorker: () => WorkerPort, count: number): Executor => {
  const idle = new Set<WorkerPort>();

  const run: Executor = (assignments, handlers, { signal, saveEvery = SAVE_EVERY, keepWorkers = false } = {}) =>
    new Promise((resolve, reject) => {
      if (!(count >= 1)) throw invalid("workers", count, "at least 1");
      const waiting = assignments[Symbol.iterator]();
      const nextAssignment = (): Assignment | undefined => {
        const { done, value } = waiting.next();
        return done ? undefined : value;
      };
      const workers = new Set<WorkerPort>();
      let isOver = false;

      const end = (settle: () => void) => {
        if (isOver) return;
        isOver = true;
        signal?.removeEventListener("abort", cancel);
        for (const worker of workers) worker.terminate();
        settle();
      };
      const fail = (error: unknown) => end(() => reject(error));
      const cancel = () => fail(cancelled());
      const release = (worker: WorkerPort) => {
        workers.delete(worker);
        if (keepWorkers) idle.add(worker);
        else worker.terminate();
      };

      const employ = (first: Assignment) => {
        const [waitingWorker] = idle;
        const worker = waitingWorker ?? makeWorker();
        idle.delete(worker);
        workers.add(worker);
        let { task } = first;
        const start = (assignment: Assignment) => {
          task = assignment.task;
          worker.post({ ...assignment, saveEvery });
        };
        worker.onMessage(message => {
          // What a worker sent before its end may still arrive after it.
          if (isOver || !workers.has(worker)) return void idle.delete(worker);
          try {
            const failure = failureOf(task, message);
            if (failure && !handlers.onFailed) throw failure;
            if (failure) handlers.onFailed?.(task, failure);
            else deliver(task, message, handlers);
            const isDead = message.type === "died";
            if (!failure && message.type !== "done") return;
            const next = nextAssignment();
            if (next && !isDead) return start(next);
            if (isDead) workers.delete(worker);
            else release(worker);
            if (next) employ(next);
            if (workers.size === 0) end(resolve);
          } catch (error) {
            fail(error);
          }
        });
        start(first);
      };

      if (signal?.aborted) return cancel();
      signal?.addEventListener("abort", cancel);
      try {
        while (workers.size < count) {
          const next = nextAssignment();
          if (!next) break;
          employ(next);
        }
      } catch (error) {
        fail(error);
      }
      if (workers.size === 0) end(resolve);
    });

  const close = () => {
    for (const worker of idle) worker.terminate();
    idle.clear();
  };
  return Object.assign(run, { close });
};

/** What ended a task before its end, if anything did. */
const failureOf = (task: Task, message: WorkerMessage): Error | undefined => {
  if (message.type === "died" && message.isOutOfMemory)
    return new LandauError(
      "input",
      `${taskName(task)}: needs more memory than a worker may take: smaller settings need less; NODE_OPTIONS=--max-old-space-size=MEGABYTES allows more`,
    );
  if (message.type === "died") return new Error(`${taskName(task)}: its worker died: ${message.reason}`);
  if (message.type === "failed") return unpackError(message.error, taskName(task));
  return undefined;
};

const deliver = (task: Task, message: WorkerMessage, handlers: TaskHandlers): void => {
  if (message.type === "line") handlers.onLine(task, message.line);
  if (message.type === "snapshot") handlers.onSnapshot(task, message.chain, message.name, message.arrays);
  if (message.type === "state") handlers.onState(task, message.point);
  if (message.type === "progress") handlers.onProgress(task, message.done);
  if (message.type === "done") handlers.onDone(task);
};
