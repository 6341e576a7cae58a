import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Task } from "../../tasks.ts";
import { readManifest } from "../manifest.ts";
import { writePlan } from "../plan-file.ts";
import { TASK_LIST, writeTaskList } from "./task-list.ts";

/**
 * Writes the tasks that are known by now, `first` of them in the first round, into the plan and the list of names, unless as many were known before:
 * a plan follows from the results alone, so that a longer one begins with a shorter one, whoever made them.
 */
export const growPlan = (folder: string, known: readonly Task[], first: number, writer: string): void => {
  const { tasks } = readManifest(folder);
  if (tasks.length < known.length) writePlan(folder, known.slice(first), writer);
  if (tasks.length < known.length || !existsSync(join(folder, TASK_LIST))) writeTaskList(folder, known, writer);
};
