import { randomBytes } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism, cpus, hostname } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import type { Task } from "../../tasks.ts";
import { guarded } from "../files.ts";
import { fileStem } from "../task-files.ts";
import { landauVersion } from "../versions.ts";

/** Where workers say who they are and what they did, each in a file of its own. No hash of a run covers it. */
export const WORKERS = "workers";

/** A machine on which tasks ran. */
export const machine = z.object({
  host: z.string(),
  processor: z.string(),
  platform: z.string(),
  node: z.string(),
  landau: z.string(),
  job: z.string().optional(),
});
export type Machine = z.infer<typeof machine>;

const entry = z.union([
  z.object({ begun: z.string() }),
  z.object({
    done: z.string(),
    seconds: z.number(),
    /** SHA-256 of each snapshot of the task, by its name inside the run folder. */
    snapshots: z.record(z.string(), z.string()).optional(),
  }),
  z.object({ failed: z.string(), error: z.string() }),
]);
export type WorkerEntry = z.infer<typeof entry>;

/** What a worker appends to, from its first task on. */
export interface WorkerLog {
  /** Host, process and a random word: no other worker has this name. */
  readonly name: string;
  add(entry: WorkerEntry): void;
}

export const thisMachine = (): Machine => {
  const { SLURM_JOB_ID: job } = process.env;
  return {
    host: hostname(),
    processor: `${cpus()[0]?.model.trim() || "unknown"}, ${availableParallelism()} cores`,
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    landau: landauVersion(),
    ...(job !== undefined && { job }),
  };
};

/** A name for a worker of this process. */
export const workerName = (): string =>
  `${hostname().replaceAll(/[^A-Za-z0-9-]/g, "-")}-${process.pid}-${randomBytes(4).toString("hex")}`;

export const openWorkerLog = (folder: string, name: string = workerName(), of: Machine = thisMachine()): WorkerLog => {
  const path = join(folder, WORKERS, `${name}.jsonl`);
  let isOpen = false;
  return {
    name,
    add(entry) {
      guarded("write", path, () => {
        if (!isOpen) {
          mkdirSync(join(folder, WORKERS), { recursive: true });
          // Another process may have written for the same worker, as who hands out tasks does for those without the folder.
          if (!existsSync(path)) appendFileSync(path, `${JSON.stringify(of)}\n`);
        }
        isOpen = true;
        appendFileSync(path, `${JSON.stringify(entry)}\n`);
      });
    },
  };
};

/** What is known of the work on a task, by its file's stem. */
export interface TaskHistory {
  /** How often somebody began it. */
  begun: number;
  /** The latest end of it that is known of each worker. */
  done?: {
    readonly machine: Machine;
    readonly seconds: number;
    readonly snapshots: { readonly [name: string]: string };
  };
  failed?: { readonly machine: Machine; readonly error: string };
}

export type Histories = ReadonlyMap<string, TaskHistory>;

/** Reads what workers wrote. Lines that were cut by a kill, or are none of theirs, are left out: no result depends on them. */
export const readHistories = (folder: string): Histories => {
  const histories = new Map<string, TaskHistory>();
  const of = (stem: string): TaskHistory => {
    const history = histories.get(stem) ?? { begun: 0 };
    histories.set(stem, history);
    return history;
  };
  for (const path of workerFiles(folder)) {
    const [first, ...rest] = guarded("read", path, () => readFileSync(path, "utf8")).split("\n");
    const whom = machine.safeParse(parsed(first)).data ?? unknownMachine;
    for (const line of rest) {
      const found = entry.safeParse(parsed(line)).data;
      if (!found) continue;
      if ("begun" in found) of(found.begun).begun++;
      if ("failed" in found) of(found.failed).failed = { machine: whom, error: found.error };
      if ("done" in found) {
        const { seconds, snapshots = {} } = found;
        of(found.done).done = { machine: whom, seconds, snapshots };
      }
    }
  }
  return histories;
};

/** Those that somebody has begun, and may be about to end, after the others: when their turn comes they are likely done. */
export const begunLast = (tasks: readonly Task[], histories: Histories): readonly Task[] => {
  const isBegun = (task: Task) => (histories.get(fileStem(task))?.begun ?? 0) > 0;
  return [...tasks.filter(task => !isBegun(task)), ...tasks.filter(isBegun)];
};

const workerFiles = (folder: string): readonly string[] => {
  const place = join(folder, WORKERS);
  if (!existsSync(place)) return [];
  return guarded("read", place, () => readdirSync(place))
    .filter(name => name.endsWith(".jsonl"))
    .sort()
    .map(name => join(place, name));
};

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

const unknownMachine: Machine = { host: "unknown", processor: "unknown", platform: "", node: "", landau: "" };

/** "node7 (AMD EPYC 7742, 64 cores)" */
export const machineText = ({ host, processor }: Machine): string => `${host} (${processor})`;
