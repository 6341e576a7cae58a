import type { NamedArrays } from "../contracts/protocol.ts";
import { fastModesInUse, useFastModes } from "../engine/fast-modes.ts";
import { isLandauError, LandauError } from "../errors.ts";
import { loadSystem } from "../systems/index.ts";
import type { Systems } from "./complete-spec.ts";
import { type FastModesOf, portableFastModes } from "./fast-modes.ts";
import { type ResumePoint, runTask } from "./run-task.ts";
import type { Task } from "./tasks.ts";

/** A task to run, from its start or from where it was left. */
export interface Assignment {
  readonly task: Task;
  readonly resume?: ResumePoint;
}

/**
 * Called as results arise. Those of one task come in order; tasks may interleave. A handler that throws ends it all. The
 * arrays of a snapshot are the protocol's own: read them at once.
 */
export interface TaskHandlers {
  onLine(task: Task, line: string): void;
  onSnapshot(task: Task, chain: number, name: string, arrays: NamedArrays): void;
  onState(task: Task, point: ResumePoint): void;
  onProgress(task: Task, done: number): void;
  onDone(task: Task): void;
  /** With it, a task that fails is told here, and the others go on; without it, the first failure ends all. */
  onFailed?(task: Task, error: Error): void;
}

export interface ExecuteOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds between the saved states of a task; 1000 when absent. */
  readonly saveEvery?: number;
  /** Another call may follow soon: what is costly to start, such as workers, waits for it. Whoever sets it calls `close` in the end. */
  readonly keepWorkers?: boolean;
}

/**
 * Runs all tasks, each of which is asked for when somebody is free for it. Rejects with the first error: one of a task, one of a handler, or a LandauError of kind "cancelled"
 * when the signal is aborted. Results do not depend on who runs which task, nor on when.
 */
export interface Executor {
  (assignments: Iterable<Assignment>, handlers: TaskHandlers, options?: ExecuteOptions): Promise<void>;
  /** Ends what calls with `keepWorkers` have left waiting. */
  close?(): void;
}

export const SAVE_EVERY = 1000;

export const now = (): number => performance.now();

export const cancelled = (): LandauError => new LandauError("cancelled", "cancelled");

/**
 * Runs the tasks, of Landau's systems when no others are given, one after the other on the calling thread, which can do something else only between them. In Node,
 * `fastModes` of "landau/node" knows more fast modes than those of any engine.
 */
export const inlineExecutor =
  (systems?: Systems, fastModesOf: FastModesOf = portableFastModes): Executor =>
  async (assignments, handlers, { signal, saveEvery = SAVE_EVERY } = {}) => {
    for (const { task, resume } of assignments) {
      await new Promise(resolve => setTimeout(resolve));
      if (signal?.aborted) throw cancelled();
      const fast = await fastModesOf(task.fast ?? []);
      const before = fastModesInUse();
      useFastModes(fast);
      try {
        runTask(
          task,
          systems ? systems[task.system] : await loadSystem(task.system),
          {
            line: line => handlers.onLine(task, line),
            snapshot: (chain, name, arrays) => handlers.onSnapshot(task, chain, name, arrays),
            state: point => handlers.onState(task, point),
            progress: done => handlers.onProgress(task, done),
          },
          { resume, now, saveEvery, isCancelled: () => signal?.aborted === true },
        );
      } catch (error) {
        if (!handlers.onFailed || isLandauError(error, "cancelled")) throw error;
        handlers.onFailed(task, error instanceof Error ? error : new Error(String(error)));
        continue;
      } finally {
        useFastModes(before);
      }
      handlers.onDone(task);
    }
  };
