import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { invalid, LandauError } from "../errors.ts";
import type { Engine } from "../lab/node/cluster/engine.ts";
import { decimalNumber, wholeNumber } from "./option-values.ts";

/** Flags of the commands that can have a run's tasks done elsewhere. */
export interface EngineFlags {
  readonly on?: string;
  readonly partition?: string;
  readonly account?: string;
  readonly time?: string;
  readonly sbatch?: readonly string[];
  readonly cpus?: number;
  readonly shards?: number;
  readonly maxJobs?: number;
  readonly taskSeconds?: number;
  readonly patience?: number;
}

const slurmOnly = [
  "partition",
  "account",
  "time",
  "sbatch",
  "cpus",
  "shards",
  "maxJobs",
  "taskSeconds",
  "patience",
] as const;

const seconds = (option: string) => decimalNumber(option, { above: 0, max: 1e9 });

export const withEngineFlags = (command: Command): Command =>
  command
    .option("--on <where>", "have the tasks done elsewhere: slurm, redis://HOST:PORT, or folder, for landau work alone")
    .addOption(new Option("--partition <name>", "Slurm: partition of the jobs"))
    .addOption(new Option("--account <name>", "Slurm: account that is charged"))
    .addOption(
      new Option(
        "--time <limit>",
        "Slurm: time of a job, such as 2:00:00; what is not done by then goes on in another",
      ),
    )
    .addOption(
      new Option(
        "--sbatch <option>",
        "Slurm: any other option of sbatch, such as --sbatch=--mem=2G; may be repeated",
      ).argParser((text: string, all: readonly string[] = []) => [...all, text]),
    )
    .option("--cpus <number>", "Slurm: processors of a job (default: 1)", wholeNumber("cpus", { min: 1, max: 1024 }))
    .option(
      "--shards <number>",
      "Slurm: jobs to cut the tasks into (default: by ten minutes of work)",
      wholeNumber("shards", { min: 1, max: 1_000_000 }),
    )
    .option(
      "--max-jobs <number>",
      "Slurm: most jobs in the queue (default: 1000, or what it allows the user)",
      wholeNumber("max-jobs", { min: 1, max: 1_000_000 }),
    )
    .option(
      "--task-seconds <number>",
      "Slurm: what a task takes (default: a few are done here to see)",
      seconds("--task-seconds"),
    )
    .option(
      "--patience <seconds>",
      "Slurm: how long running jobs may bring nothing (default: 10 tasks, at least 300 s)",
      seconds("--patience"),
    );

/** The engine that the flags ask for; undefined when tasks are done here. Throws a LandauError of kind "input" for a place that is none. */
export const engineOf = async (flags: EngineFlags): Promise<Engine | "folder" | undefined> => {
  const { on } = flags;
  const given = slurmOnly.find(name => flags[name] !== undefined);
  if (given !== undefined && on !== "slurm")
    throw new LandauError("input", `--${dashed(given)} is for jobs of Slurm: needs --on slurm`);
  if (on === undefined || on === "folder") return on;
  if (on === "slurm") {
    const { slurmEngine } = await import("../lab/node/cluster/slurm.ts");
    const { partition, account, time, sbatch = [], cpus = 1, shards, maxJobs, taskSeconds, patience } = flags;
    return slurmEngine({
      program: [process.execPath, ...programFile()],
      sbatch: [
        ...(partition === undefined ? [] : [`--partition=${partition}`]),
        ...(account === undefined ? [] : [`--account=${account}`]),
        ...(time === undefined ? [] : [`--time=${time}`]),
        ...sbatch,
      ],
      ...{ cpus, shards, maxJobs, seconds: taskSeconds, patience },
    });
  }
  if (isQueue(on)) {
    const { queueEngine } = await import("../lab/node/cluster/queue.ts");
    return queueEngine(on);
  }
  throw invalid("--on", on, "slurm, folder, or the address of a queue such as redis://127.0.0.1:6379");
};

export const isQueue = (where: string): boolean => /^rediss?:\/\/\S+$/.test(where);

const dashed = (name: string): string => name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

/** The file that this process was started with, by its full path: a node may start it from elsewhere. */
const programFile = (): readonly string[] => (process.argv[1] === undefined ? [] : [resolve(process.argv[1])]);
