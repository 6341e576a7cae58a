import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packNpz } from "../../../formats/pack-npz.ts";
import { doneLine, hashLines } from "../../task-log.ts";
import type { Task } from "../../tasks.ts";
import { guarded } from "../files.ts";
import { checkGoesOn } from "../goes-on.ts";
import { readManifest } from "../manifest.ts";
import { fileHash, sha256 } from "../sealed.ts";
import { fileStem, logName, snapshotName } from "../task-files.ts";
import { threadExecutor } from "../threads.ts";
import { readLog } from "./results.ts";
import type { WorkOptions } from "./work.ts";
import { type Machine, readHistories } from "./worker-log.ts";

/** A task that was done once more, here. */
export interface AuditedTask {
  readonly task: Task;
  /** Where the stored result was made, when a worker wrote it down. */
  readonly machine?: Machine;
  /** What is not the same; absent when every byte is. */
  readonly difference?: string;
}

/** Draws `count` of some tasks, or all when there are fewer. `below` gives a whole number from 0 to its argument - 1. */
export const drawTasks = <T>(tasks: readonly T[], count: number, below: (end: number) => number = randomInt): T[] => {
  const rest = [...tasks];
  const drawn: T[] = [];
  while (drawn.length < count && rest.length > 0) drawn.push(...rest.splice(below(rest.length), 1));
  return drawn;
};

/**
 * Does `count` random tasks of those that are done once more on this machine and compares every byte with what is stored. Equal tasks give equal bytes on
 * every machine, so that a difference is a fault: of a machine, a disk or a build.
 */
export const audit = async (
  folder: string,
  count: number,
  { systems, executor = threadExecutor(), signal, onTask, onProgress }: WorkOptions,
): Promise<readonly AuditedTask[]> => {
  const manifest = readManifest(folder);
  await checkGoesOn(manifest, systems);
  const histories = readHistories(folder);
  const drawn = drawTasks(
    manifest.tasks.filter(task => readLog(folder, task).isDone),
    count,
  );
  const lines = new Map(drawn.map((task): [Task, string[]] => [task, []]));
  const differences = new Map<Task, string>();
  const differs = (task: Task, what: string) => {
    if (!differences.has(task)) differences.set(task, what);
  };
  await executor(
    drawn.map(task => ({ task })),
    {
      onLine: (task, line) => void lines.get(task)!.push(line),
      onSnapshot(task, chain, name, arrays) {
        const file = snapshotName(task, chain, name);
        const hash = sha256(packNpz(arrays));
        if (fileHash(folder, file) !== hash) differs(task, `${file} is another one`);
      },
      onState: () => {},
      onProgress: (task, done) => onProgress?.(task, done),
      onDone(task) {
        const made = lines.get(task)!;
        const path = join(folder, logName(task));
        const stored = guarded("read", path, () => readFileSync(path, "utf8")).split("\n");
        const all = [...made, doneLine(hashLines(made)), ""];
        const at = all.findIndex((line, i) => line !== stored[i]);
        if (at >= 0) differs(task, `line ${at + 1} of ${logName(task)} is another one`);
        onTask?.(task, "made");
      },
    },
    { signal, saveEvery: Number.POSITIVE_INFINITY },
  );
  return drawn.map(task => ({
    task,
    machine: histories.get(fileStem(task))?.done?.machine,
    ...(differences.has(task) && { difference: differences.get(task) }),
  }));
};
