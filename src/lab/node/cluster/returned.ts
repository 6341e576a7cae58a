import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { isLandauError } from "../../../errors.ts";
import { readTaskLog } from "../../task-log.ts";
import type { Task } from "../../tasks.ts";
import { writeAtomically } from "../files.ts";
import { sha256 } from "../sealed.ts";
import { fileStem, logName } from "../task-files.ts";
import { readLog } from "./results.ts";
import { machine, openWorkerLog, thisMachine, type WorkerLog } from "./worker-log.ts";

/** A result as it comes back through a queue from a worker that does not see the run folder: the bytes of its files. */
const schema = z.object({
  worker: z.string().regex(/^[A-Za-z0-9-]{1,200}$/),
  machine,
  seconds: z.number(),
  log: z.string(),
  /** By the name inside the run folder, in base64. */
  snapshots: z.record(z.string(), z.string()),
});
export type Returned = z.infer<typeof schema>;

/** What a job of a queue answers: nothing where the result is in the folder, a failure, or the result. */
export interface Answer {
  readonly failed?: string;
  readonly result?: Returned;
}

/** Packs the result that is in a folder of the worker's own. */
export const packResult = (folder: string, task: Task, worker: WorkerLog, seconds: number): Returned => ({
  worker: worker.name,
  machine: thisMachine(),
  seconds,
  log: readFileSync(join(folder, logName(task)), "utf8"),
  snapshots: Object.fromEntries(
    readdirSync(join(folder, "snapshots")).map(name => [
      `snapshots/${name}`,
      readFileSync(join(folder, "snapshots", name), "base64"),
    ]),
  ),
});

/** Writes a result that came back into the run folder, snapshots first. False for one that is not whole, or is none of the task's. */
export const storeReturned = (folder: string, task: Task, value: unknown): boolean => {
  const { data } = schema.safeParse(value);
  if (!data) return false;
  const bytes = new TextEncoder().encode(data.log);
  try {
    if (!readTaskLog(bytes, logName(task), task).isDone) return false;
  } catch (error) {
    if (isLandauError(error, "store")) return false;
    throw error;
  }
  const own = new RegExp(`^snapshots/${fileStem(task)}-\\d+-[A-Za-z0-9_-]+\\.npz$`);
  const snapshots = Object.entries(data.snapshots).map(([name, text]) => [name, Buffer.from(text, "base64")] as const);
  if (snapshots.some(([name]) => !own.test(name))) return false;
  if (readLog(folder, task).isDone) return true;
  for (const [name, content] of snapshots)
    writeAtomically(join(folder, name), content, `${join(folder, name)}.${data.worker}.part`);
  const hashes = Object.fromEntries(snapshots.map(([name, content]) => [name, sha256(content)]));
  const log = openWorkerLog(folder, data.worker, data.machine);
  log.add({ begun: fileStem(task) });
  log.add({
    done: fileStem(task),
    seconds: data.seconds,
    ...(snapshots.length > 0 && { snapshots: hashes }),
  });
  const path = join(folder, logName(task));
  writeAtomically(path, bytes, `${path}.${data.worker}.part`);
  return true;
};
