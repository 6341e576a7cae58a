import { execFile } from "node:child_process";
import { userInfo } from "node:os";
import { LandauError } from "../../../errors.ts";

/** Slurm's own commands, which are all of Slurm that is used. */
export type SlurmProgram = "sbatch" | "squeue" | "scontrol";

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const call = (program: SlurmProgram, words: readonly string[]): Promise<Answer> =>
  new Promise((resolve, reject) => {
    execFile(program, words, { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if ((error as NodeJS.ErrnoException | null)?.code === "ENOENT")
        return reject(
          new LandauError(
            "input",
            `--on slurm needs Slurm's commands, and ${program} is not here: log in where jobs are submitted`,
          ),
        );
      const code = error ? (typeof error.code === "number" ? error.code : 1) : 0;
      resolve({ code, stdout, stderr });
    });
  });

/** What a cluster allows. */
export interface SlurmLimits {
  /** One more than the largest index of an array. */
  readonly maxArraySize: number;
  /** Jobs that a user may have in the queue, those of arrays counted one by one; absent where nothing says it. */
  readonly maxSubmit?: number;
}

/** Slurm's own default. */
const MAX_ARRAY_SIZE = 1001;

/** Asks for the limits. Where no accounts are kept, nothing is known of the user's. */
export const slurmLimits = async (): Promise<SlurmLimits | Refusal> => {
  const config = await call("scontrol", ["show", "config"]);
  if (config.code !== 0) return refusalOf("scontrol", config);
  const [, size] = /^MaxArraySize\s*=\s*(\d+)/m.exec(config.stdout) ?? [];
  const accounts = await call("scontrol", ["show", "assoc_mgr", `users=${userInfo().username}`, "flags=assoc"]);
  const limits = [...accounts.stdout.matchAll(/\bMaxSubmitJobs=(\d+)/g)].map(([, limit]) => Number(limit));
  return {
    maxArraySize: size === undefined ? MAX_ARRAY_SIZE : Number(size),
    ...(limits.length > 0 && { maxSubmit: Math.min(...limits) }),
  };
};

/** What the queue says that does not last: the controller is starting, or too busy to answer. */
const PASSING = /unable to contact|timed out|connect failure|temporarily|try again/i;

/** Slurm did not do what it was asked to, in its own words. */
export interface Refusal {
  readonly refusal: string;
  /** Asked again later, it may. */
  readonly isPassing: boolean;
}

const refusalOf = (program: SlurmProgram, { code, stdout, stderr }: Answer): Refusal => ({
  refusal: firstLine(stderr) || firstLine(stdout) || `${program} ended with code ${code}`,
  isPassing: PASSING.test(stderr),
});

/** Submits a batch script. The job's number is asked for in the one form that is made for programs. */
export const submitJob = async (words: readonly string[]): Promise<{ readonly job: string } | Refusal> => {
  const answer = await call("sbatch", ["--parsable", ...words]);
  const [, job] = /^(\d+)(?:;\S+)?\s*$/m.exec(answer.stdout) ?? [];
  return answer.code === 0 && job !== undefined ? { job } : refusalOf("sbatch", answer);
};

export interface QueuedJob {
  /** "7_3": the array's number, and the index in it. */
  readonly id: string;
  /** In Slurm's words, such as "pending" or "running". */
  readonly state: string;
  /** Why it is in that state. */
  readonly reason: string;
}

/** Jobs of a name that are in the queue, those of arrays one by one. Undefined when the queue does not answer. */
export const queuedJobs = async (name: string): Promise<readonly QueuedJob[] | undefined> => {
  const { code, stdout } = await call("squeue", [
    ...["--noheader", "--array", `--user=${userInfo().username}`, `--name=${name}`, "--format=%i %T %r"],
  ]);
  if (code !== 0) return undefined;
  return stdout.split("\n").flatMap(line => {
    const [, id, state, reason] = /^\s*(\S+) (\S+)(.*)$/.exec(line) ?? [];
    return id === undefined ? [] : [{ id, state: state.toLowerCase(), reason: reason.trim() }];
  });
};

const firstLine = (text: string): string =>
  text
    .split("\n")
    .map(line => line.trim())
    .find(line => line !== "") ?? "";
