import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { cutShards } from "../../shards.ts";
import type { Task } from "../../tasks.ts";
import { fileHash } from "../sealed.ts";
import { statePath } from "../task-files.ts";
import { cancelledAt, type Engine, engineError, failuresText, pause, type RemoteRound } from "./engine.ts";
import { endedJobs, noteSubmission, prepareArray, SLURM, stoppedJobs } from "./slurm-arrays.ts";
import { queuedJobs, type Refusal, type SlurmLimits, slurmLimits, submitJob } from "./slurm-commands.ts";
import { jobQueue } from "./slurm-queue.ts";
import { taskSeconds } from "./task-seconds.ts";

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

/** Jobs of an array and in all, unless the cluster allows fewer or the user more. */
const MOST_JOBS = 1000;

/** Passes in a row without a result that are borne while Slurm itself is in trouble; otherwise one is enough to say that something is wrong. */
const FRUITLESS = 3;

/** Seconds before the end of its time at which a job is told to stop. */
const NOTICE = 60;

export const jobName = (id: string): string => `landau-${id}`;

/** Runs rounds as arrays of batch jobs; whatever is missing after them is submitted again, as long as that gets something done. */
export const slurmEngine = (options: SlurmOptions): Engine => ({
  async run(round) {
    const { folder, manifest, signal, pollEvery, missing, onNotice } = round;
    const queue = jobQueue(jobName(manifest.id), round, options.patience);
    let before: Progress | undefined;
    let fruitless = 0;
    // Jobs of an earlier call may still be there, and are waited for.
    for (;;) {
      const isCertain = await queue.drained();
      const rest = missing();
      if (rest.length === 0) return;
      const progress = progressOf(folder, rest);
      fruitless = before && !isFurther(before, progress) ? fruitless + 1 : 0;
      if (fruitless > (isCertain ? 0 : FRUITLESS)) throw engineError(stuckText(folder, rest));
      before = progress;
      const limits = await withPatience(slurmLimits, signal);
      if ("refusal" in limits) throw engineError(`scontrol show config: ${limits.refusal}`);
      const seconds = options.shards === undefined ? (options.seconds ?? (await taskSeconds(round, rest))) : 0;
      const left = missing();
      if (left.length === 0) return;
      const arrays = await submit(round, left, planArrays(left, seconds, limits, options), options);
      for (const { job } of arrays) queue.submitted(job);
      onNotice(`${left.length} tasks on Slurm: ${arraysText(arrays)}`);
      await pause(Math.min(pollEvery, 1000), signal);
    }
  },
});

/** What tells whether jobs got anything done. */
interface Progress {
  readonly missing: number;
  readonly stopped: number;
  /** Hashes of the saved states of what is missing. */
  readonly states: string;
}

const progressOf = (folder: string, rest: readonly Task[]): Progress => {
  const states = rest.map(task => fileHash(folder, relative(folder, statePath(folder, task))) ?? "");
  return { missing: rest.length, stopped: stoppedJobs(folder), states: states.join() };
};

/** Results; or where jobs were told to stop before a task of theirs was done, states from which the next ones go on. */
const isFurther = (before: Progress, after: Progress): boolean =>
  after.missing < before.missing || (after.stopped > before.stopped && after.states !== before.states);

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
): Promise<readonly { readonly job: string; readonly jobs: number }[]> => {
  const done: { readonly job: string; readonly jobs: number }[] = [];
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
      const already = done.length === 0 ? "nothing was submitted" : `submitted already: ${arraysText(done)}`;
      throw engineError(
        `sbatch refused ${shards.length} jobs: ${answer.refusal}. ${already}; ${tasks.length - submitted} of ${tasks.length} tasks are in no job`,
      );
    }
    submitted += shards.reduce((sum, shard) => sum + shard.length, 0);
    done.push({ job: answer.job, jobs: shards.length });
    noteSubmission(join(folder, place), { job: answer.job, shards: shards.length, sbatch: words });
  }
  return done;
};

const arraysText = (arrays: readonly { readonly job: string; readonly jobs: number }[]): string =>
  arrays.map(({ job, jobs }) => `job ${job} (${jobs} in an array)`).join(", ");

/** A controller that is being started again is asked a few times more. */
const withPatience = async <T extends object>(ask: () => Promise<T | Refusal>, signal?: AbortSignal) => {
  for (let attempt = 1; ; attempt++) {
    const answer = await ask();
    if (!("refusal" in answer && answer.isPassing) || attempt === 10 || signal?.aborted) return answer;
    await pause(1000 * attempt, signal);
  }
};

const stuckText = (folder: string, rest: readonly Task[]): string => {
  const failures = failuresText(folder, rest);
  const outputs = existsSync(join(folder, SLURM)) ? `; what jobs printed is in ${join(folder, SLURM)}` : "";
  return `the last jobs got none of ${rest.length} missing tasks done${failures && `: ${failures}`}${outputs}`;
};

/** How the jobs of a run stand: "3 running, 10 pending"; empty when it has none in the queue, or Slurm is not here. */
export const slurmState = async (id: string, folder: string): Promise<string> => {
  const jobs = await queuedJobs(jobName(id)).catch(() => undefined);
  const ended = endedJobs(folder);
  const counts = new Map<string, number>();
  for (const { id, state } of jobs ?? []) if (!ended.has(id)) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => `${count} ${state}`).join(", ");
};
