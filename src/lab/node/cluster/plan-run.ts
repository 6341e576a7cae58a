import type { Manifest } from "../manifest.ts";
import { newRun, type StartOptions } from "../new-run.ts";
import { makeTaskFolders } from "../task-files.ts";
import { writeTaskList } from "./task-list.ts";
import { workerName } from "./worker-log.ts";

/** Makes a run folder with the tasks of the first round and runs none of them: workers do. */
export const planRun = async (
  options: StartOptions,
): Promise<{ readonly path: string; readonly manifest: Manifest }> => {
  const { path, manifest, unlock } = await newRun(options);
  try {
    makeTaskFolders(path);
    writeTaskList(path, manifest.tasks, workerName());
    return { path, manifest };
  } finally {
    unlock();
  }
};
