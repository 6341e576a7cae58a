import { callText, shellWord } from "../../../call-text.ts";
import { LandauError } from "../../../errors.ts";
import type { Systems } from "../../complete-spec.ts";
import type { Task } from "../../tasks.ts";
import type { Manifest } from "../manifest.ts";
import { fileStem } from "../task-files.ts";
import { machineText, readHistories } from "./worker-log.ts";

/** A round of tasks whose results come into the run folder from elsewhere. */
export interface RemoteRound {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly systems: Systems;
  readonly tasks: readonly Task[];
  readonly signal?: AbortSignal;
  /** Milliseconds between two looks at the folder. */
  readonly pollEvery: number;
  /** Looks for results that came since, and returns the tasks that still have none. */
  missing(): readonly Task[];
  onNotice(message: string): void;
}

/**
 * Gets the tasks of a round done by other processes. Resolves once none is missing. Rejects with a LandauError of kind "engine" when it cannot go on,
 * and of kind "cancelled" when the signal is aborted. What it knows itself may be lost at any time: results alone count.
 */
export interface Engine {
  run(round: RemoteRound): Promise<void>;
  /** Ends connections; `isOver` when no round follows, and nobody need wait for one. */
  close?(isOver: boolean): Promise<void>;
}

/** What went wrong with tasks, as workers wrote it down: "3 tasks failed; the first: ...". Empty when nothing did. */
export const failuresText = (folder: string, tasks: readonly Task[]): string => {
  const histories = readHistories(folder);
  const failed = tasks.flatMap(task => histories.get(fileStem(task))?.failed ?? []);
  const [first] = failed;
  if (!first) return "";
  const count = failed.length === 1 ? "1 task failed" : `${failed.length} tasks failed; the first`;
  return `${count}: ${first.error} (on ${machineText(first.machine)})`;
};

export const engineError = (message: string, cause?: unknown): LandauError =>
  new LandauError("engine", message, { cause });

/** Whoever waits for an engine may stop: what was handed out goes on. */
export const cancelledAt = (id: string, folder: string): LandauError =>
  new LandauError(
    "cancelled",
    `stopped waiting for run ${id}, whose tasks go on where they are: ${callText(`gather ${shellWord(folder)}`)} says how far they are`,
  );

/** Waits so long, or until the signal is aborted. */
export const pause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    if (signal?.aborted) end();
    else signal?.addEventListener("abort", end);
  });
