import type { Settings } from "../contracts/field.ts";
import { contentHash } from "./canonical.ts";
import type { CompleteSpec } from "./complete-spec.ts";
import type { FastModeName } from "./fast-modes.ts";

/** What one worker runs before it reports done: some chains of a study, with all that determines their result. */
export interface Task {
  /** Place in the run, from 0. */
  readonly index: number;
  /**
   * The first 16 digits of the hash of everything that determines the result: system, protocol, settings, seed, chains,
   * fast modes and the version of the format. The study's name does not; two studies of the same content share their ids, and the
   * index keeps their files apart.
   */
  readonly id: string;
  readonly study: string;
  readonly system: string;
  readonly protocol: string;
  /** Complete. */
  readonly settings: Settings;
  readonly seed: number;
  /** The chains `from`, ..., `to - 1`. */
  readonly from: number;
  readonly to: number;
  /** Absent in the deterministic mode. */
  readonly fast?: readonly FastModeName[];
}

/** The tasks of a spec, studies in their order, chains ascending. */
export const tasksOf = ({ landau, system, seed, fast, studies }: CompleteSpec): readonly Task[] => {
  const tasks: Task[] = [];
  for (const { name: study, protocol, settings, chains, chunk } of studies)
    for (let from = 0; from < chains; from += chunk) {
      const to = Math.min(from + chunk, chains);
      const content = { system, protocol, settings, seed, from, to, ...(fast && { fast }) };
      const id = contentHash({ landau, ...content }).slice(0, 16);
      tasks.push({ index: tasks.length, id, study, ...content });
    }
  return tasks;
};

/** How a task is called in messages. */
export const taskName = ({ index, study, from, to }: Task): string =>
  `task ${index} (study ${study}, ${chainsText(from, to)})`;

export const chainsText = (from: number, to: number): string =>
  to - from === 1 ? `chain ${from}` : `chains ${from} to ${to - 1}`;
