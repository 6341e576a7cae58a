import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { shellWord } from "../../../call-text.ts";
import { cutShards } from "../../shards.ts";
import type { Task } from "../../tasks.ts";
import { guarded, writeAtomically } from "../files.ts";
import { cancelledAt, type Engine, engineError, failuresText, pause, type RemoteRound } from "./engine.ts";
import { queuedJobs, type SlurmLimits, slurmLimits, submitJob } from "./slurm-commands.ts";
import { listText } from "./task-list.ts";
import { knownSeconds, taskSeconds } from "./task-seconds.ts";

export interface SlurmOptions {
  /** The words that start the command line on a node. */
  readonly program: readonly string[];
  /** Options of sbatch, such as "--partition=long". */
  readonly sbatch: readonly string[];
  /** Processors of a job, each of which runs a task. */
  readonly cpus: number;
  /** So many jobs, whatever tasks take. */
  readonly shards?: number;
  /** Most jobs that are in the queue at once. */
  readonly maxJobs?: number;
  /** What a task takes, in place of a measurement. */
  readonly seconds?: number;
  /** Seconds in which jobs that run have to bring a result; ten times what a task takes, and at least five minutes, when absent. */
  readonly patience?: number;
}

/** What an engine was told, in a folder for each array of jobs. */
export const SLURM = "slurm";

/** Jobs of an array and in all, unless the cluster allows fewer or the user more. */
const MOST_JOBS = 1000;

/** Without a result for so many times what a task takes, and for so many seconds, jobs are not waited for. */
const TIMES = 10;
const LEAST_PATIENCE = 300;

/** Seconds before the end of its time at which a job is told to stop. */
const NOTICE = 60;

export const jobName = (id: string): string => `landau-${id}`;

/** Runs rounds as arrays of batch jobs; whatever is missing after them is submitted again, as long as that gets something done. */
export const slurmEngine = (options: SlurmOptions): Engine => ({
  async run(round) {
    const { folder, manifest, signal, pollEvery, missing, onNotice } = round;
    const name = jobName(manifest.id);
    let before = Number.POSITIVE_INFINITY;
    // Jobs of an earlier call may still be there, and are waited for.
    for (;;) {
      await untilDrained(name, round, options);
      const rest = missing();
      if (rest.length === 0) return;
      if (rest.length === before) throw engineError(stuckText(folder, rest));
      before = rest.length;
      const limits = await slurmLimits();
      const seconds = options.shards === undefined ? (options.seconds ?? (await taskSeconds(round, rest))) : 0;
      const left = missing();
      if (left.length === 0) return;
      for (const text of await submit(round, left, planArrays(left, seconds, limits, options), options)) onNotice(text);
      await pause(Math.min(pollEvery, 1000), signal);
    }
  },
});

/** The arrays in which tasks are submitted: each a list of shards, no longer than an array may be, in all no more than a user may have. */
export const planArrays = (
  tasks: readonly Task[],
  seconds: number,
  { maxArraySize, maxSubmit }: SlurmLimits,
  { cpus, shards, maxJobs }: Pick<SlurmOptions, "cpus" | "shards" | "maxJobs">,
): readonly (readonly (readonly Task[])[])[] => {
  // The size caps the largest index, which is one less than it.
  const longest = Math.max(1, Math.min(maxArraySize, MOST_JOBS));
  const atMost = Math.max(1, Math.min(maxJobs ?? MOST_JOBS, maxSubmit ?? Number.POSITIVE_INFINITY));
  const all = cutShards(tasks, seconds / cpus, {
    atMost,
    ...(shards !== undefined && { exactly: Math.min(shards, atMost) }),
  });
  return Array.from({ length: Math.ceil(all.length / longest) }, (_, i) => all.slice(i * longest, (i + 1) * longest));
};

/** Submits arrays one by one. Throws a LandauError of kind "engine" for one that is refused, with what is in the queue already. */
const submit = async (
  { folder, manifest, signal }: RemoteRound,
  tasks: readonly Task[],
  arrays: readonly (readonly (readonly Task[])[])[],
  options: SlurmOptions,
): Promise<readonly string[]> => {
  const done: string[] = [];
  let submitted = 0;
  for (const shards of arrays) {
    if (signal?.aborted) throw cancelledAt(manifest.id, folder);
    const place = prepareArray(folder, shards, options);
    const words = [
      `--job-name=${jobName(manifest.id)}`,
      `--array=0-${shards.length - 1}`,
      `--chdir=${resolve(folder)}`,
      `--output=${place}/%a.out`,
      `--cpus-per-task=${options.cpus}`,
      "--requeue",
      "--open-mode=append",
      `--signal=B:TERM@${NOTICE}`,
      ...options.sbatch,
      join(resolve(folder), place, "job.sh"),
    ];
    const answer = await withPatience(() => submitJob(words), signal);
    if ("refusal" in answer) {
      const already = done.length === 0 ? "nothing was submitted" : `submitted already: ${done.join(", ")}`;
      throw engineError(
        `sbatch refused ${shards.length} jobs: ${answer.refusal}. ${already}; ${tasks.length - submitted} of ${tasks.length} tasks are in no job`,
      );
    }
    submitted += shards.reduce((sum, shard) => sum + shard.length, 0);
    done.push(`job ${answer.job} (${shards.length} in an array)`);
    writeAtomically(
      join(folder, place, "submitted.json"),
      `${JSON.stringify({ job: answer.job, shards: shards.length, sbatch: words }, null, 2)}\n`,
    );
  }
  return [`${tasks.length} tasks on Slurm: ${done.join(", ")}`];
};

/** A controller that is being started again is asked a few times more. */
const withPatience = async (ask: () => ReturnType<typeof submitJob>, signal?: AbortSignal) => {
  for (let attempt = 1; ; attempt++) {
    const answer = await ask();
    if ("job" in answer || !answer.isPassing || attempt === 10 || signal?.aborted) return answer;
    await pause(1000 * attempt, signal);
  }
};

/** Writes a list of tasks for each job of an array, and the script that works on it. Returns their folder inside the run's. */
const prepareArray = (folder: string, shards: readonly (readonly Task[])[], options: SlurmOptions): string => {
  const place = join(folder, SLURM);
  return guarded("write", place, () => {
    mkdirSync(place, { recursive: true });
    const numbers = readdirSync(place).map(name => Number(/^array-(\d+)$/.exec(name)?.[1] ?? 0));
    const own = join(SLURM, `array-${String(Math.max(0, ...numbers) + 1).padStart(3, "0")}`);
    mkdirSync(join(folder, own));
    for (const [i, shard] of shards.entries()) writeFileSync(join(folder, own, `${i}.txt`), listText(shard));
    writeFileSync(join(folder, own, "job.sh"), script(resolve(folder), own, options));
    return own;
  });
};

const script = (folder: string, place: string, { program, cpus }: SlurmOptions): string =>
  `#!/bin/bash
# In place of the shell, so that the signal before the end of the job's time arrives.
exec ${[...program, "work", folder].map(shellWord).join(" ")} --workers ${cpus} --tasks ${shellWord(join(folder, place))}/"$SLURM_ARRAY_TASK_ID".txt
`;

/**
 * Waits until no job of the run is in the queue, or no task is missing. Jobs that are said to run and bring nothing for long are not waited for: a controller that
 * was restarted may believe in one that is gone. If it is not, it does no harm.
 */
const untilDrained = async (
  name: string,
  { signal, pollEvery, missing, folder, manifest, onNotice }: RemoteRound,
  { patience }: SlurmOptions,
): Promise<void> => {
  let isSilent = false;
  let count = Number.NaN;
  let since = performance.now();
  for (;;) {
    if (signal?.aborted) throw cancelledAt(manifest.id, folder);
    const jobs = await queuedJobs(name);
    const rest = missing();
    if (rest.length === 0 || jobs?.size === 0) return;
    if (!jobs && !isSilent) onNotice("Slurm does not answer: waiting for it");
    isSilent = !jobs;
    if (rest.length !== count || !jobs?.has("running")) since = performance.now();
    count = rest.length;
    const most = patience ?? Math.max(LEAST_PATIENCE, TIMES * (knownSeconds(folder) ?? 0));
    if (performance.now() - since > 1000 * most) {
      onNotice(
        `no result for ${Math.round(most)} s from jobs that Slurm says are running: what is missing is submitted again`,
      );
      return;
    }
    await pause(pollEvery, signal);
  }
};

const stuckText = (folder: string, rest: readonly Task[]): string => {
  const failures = failuresText(folder, rest);
  const outputs = existsSync(join(folder, SLURM)) ? `; what jobs printed is in ${join(folder, SLURM)}` : "";
  return `the last jobs got none of ${rest.length} missing tasks done${failures && `: ${failures}`}${outputs}`;
};

/** How the jobs of a run stand: "3 running, 10 pending"; empty when it has none in the queue, or Slurm is not here. */
export const slurmState = async (id: string): Promise<string> => {
  const jobs = await queuedJobs(jobName(id)).catch(() => undefined);
  return [...(jobs ?? [])].map(([state, count]) => `${count} ${state}`).join(", ");
};
