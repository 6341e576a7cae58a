import { join } from "node:path";
import { LandauError } from "../../../errors.ts";
import { nearest } from "../../nearest.ts";
import type { Task } from "../../tasks.ts";
import { writeAtomically } from "../files.ts";
import { fileStem } from "../task-files.ts";

/** The names of all tasks that are known, one a line: what engines of every kind hand out. */
export const TASK_LIST = "tasks.txt";

export const writeTaskList = (folder: string, tasks: readonly Task[], worker: string): void =>
  writeAtomically(join(folder, TASK_LIST), listText(tasks), `${join(folder, TASK_LIST)}.${worker}.part`);

export const listText = (tasks: readonly Task[]): string => tasks.map(task => `${fileStem(task)}\n`).join("");

/** The tasks whose names a text lists, one a line. Throws a LandauError of kind "input" for a name that no task has. `source` is called in messages. */
export const listedTasks = (tasks: readonly Task[], text: string, source: string): readonly Task[] => {
  const byName = new Map(tasks.map(task => [fileStem(task), task]));
  const names = text.split("\n").map(line => line.trim());
  return [...new Set(names)].flatMap(name => {
    if (name === "") return [];
    const task = byName.get(name);
    if (task) return [task];
    const meant = nearest(name, [...byName.keys()]);
    const hint = meant === undefined ? `the names are in the run's ${TASK_LIST}` : `did you mean ${meant}?`;
    throw new LandauError(
      "input",
      `${source}:${names.indexOf(name) + 1}: the run has no task ${JSON.stringify(name)}: ${hint}`,
    );
  });
};

/** A part of all tasks: `part` of `of`, from 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

/** Tasks of a shard: every `of`-th, so that neighbours, which cost alike, go to different shards. */
export const shardOf = (tasks: readonly Task[], { part, of }: Shard): readonly Task[] =>
  tasks.filter((_, i) => i % of === part - 1);
