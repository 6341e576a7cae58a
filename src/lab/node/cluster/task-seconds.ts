import { isLandauError } from "../../../errors.ts";
import type { Task } from "../../tasks.ts";
import { threadExecutor } from "../threads.ts";
import type { RemoteRound } from "./engine.ts";
import { work } from "./work.ts";
import { readHistories } from "./worker-log.ts";

/** Tasks that are done here to see what one takes, and milliseconds that this may last. */
const PILOTS = 3;
const PATIENCE = 20_000;

/** What a task of a run has taken so far, in seconds, as workers wrote it down. */
export const knownSeconds = (folder: string): number | undefined => {
  const known = [...readHistories(folder).values()].flatMap(({ done }) => done?.seconds ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, seconds) => sum + seconds, 0) / known.length;
};

/**
 * What a task of a round takes, in seconds: as workers wrote it down, or else by doing a few here, whose results count as any others. One that is not
 * done in time is judged by how far it came.
 */
export const taskSeconds = async ({ folder, systems, signal, onNotice }: RemoteRound, tasks: readonly Task[]) => {
  const known = knownSeconds(folder);
  if (known !== undefined) return known;
  onNotice("doing a few tasks here, to see how long one takes");
  const stop = new AbortController();
  const abort = () => stop.abort();
  const timer = setTimeout(abort, PATIENCE);
  signal?.addEventListener("abort", abort);
  const started = performance.now();
  let done = 0;
  let part = 0;
  const step = Math.max(1, Math.floor(tasks.length / PILOTS));
  try {
    await work(folder, tasks.filter((_, i) => i % step === 0).slice(0, PILOTS), {
      systems,
      executor: threadExecutor(1),
      signal: stop.signal,
      onProgress: ({ from, to }, chains) => {
        part = chains / (to - from);
      },
      onTask: () => {
        done++;
        part = 0;
      },
    });
  } catch (error) {
    if (!isLandauError(error, "cancelled")) throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
  const seconds = (performance.now() - started) / 1000;
  return seconds / Math.max(done + part, 1e-3);
};
