import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as z from "zod";
import { shellWord } from "../../../call-text.ts";
import type { Task } from "../../tasks.ts";
import { guarded, writeAtomically } from "../files.ts";
import { listText } from "./task-list.ts";

/** What Slurm was told, in a folder for each array of jobs. */
export const SLURM = "slurm";

const SUBMITTED = "submitted.json";

const submission = z.object({ job: z.string(), shards: z.number(), sbatch: z.array(z.string()) });

/** Writes a list of tasks for each job of an array, and the script that works on it. Returns their folder inside the run's. */
export const prepareArray = (
  folder: string,
  shards: readonly (readonly Task[])[],
  { program, cpus }: { readonly program: readonly string[]; readonly cpus: number },
): string => {
  const place = join(folder, SLURM);
  return guarded("write", place, () => {
    mkdirSync(place, { recursive: true });
    const numbers = arraysOf(folder).map(name => Number(name.slice("array-".length)));
    const own = join(SLURM, `array-${String(Math.max(0, ...numbers) + 1).padStart(3, "0")}`);
    mkdirSync(join(folder, own));
    for (const [i, shard] of shards.entries()) writeFileSync(join(folder, own, `${i}.txt`), listText(shard));
    const words = [...program, "work", resolve(folder)].map(shellWord).join(" ");
    writeFileSync(join(folder, own, "job.sh"), script(words, join(resolve(folder), own), cpus));
    return own;
  });
};

/** The job's last act is a note of its end, with its worker's exit code: a controller that was restarted may believe for minutes that it runs. */
const script = (work: string, place: string, cpus: number): string =>
  `#!/bin/bash
shard=${shellWord(place)}/"$SLURM_ARRAY_TASK_ID"
rm -f "$shard.ended"
# The shell is what gets the signal before the end of the job's time, and hands it on.
trap 'kill -TERM "$worker"' TERM
${work} --workers ${cpus} --tasks "$shard".txt &
worker=$!
wait "$worker"
code=$?
while kill -0 "$worker" 2>/dev/null; do
  wait "$worker"
  code=$?
done
echo $code >"$shard.code"
mv "$shard.code" "$shard.ended"
exit $code
`;

/** Writes down what an array was submitted with, and the number that it got. */
export const noteSubmission = (place: string, given: z.infer<typeof submission>): void =>
  writeAtomically(join(place, SUBMITTED), `${JSON.stringify(given, null, 2)}\n`);

/** Jobs of a run that say themselves that they have ended, as "7_3": the number of the array, and the index in it. */
export const endedJobs = (folder: string): ReadonlySet<string> => {
  // A controller that lost its last notes gives a number out again: the later array has it.
  const places = new Map<string, string>();
  for (const name of arraysOf(folder)) {
    const place = join(folder, SLURM, name);
    const job = jobOf(join(place, SUBMITTED));
    if (job !== undefined) places.set(job, place);
  }
  const ended = [...places].flatMap(([job, place]) =>
    guarded("read", place, () => readdirSync(place)).flatMap(name => {
      const [, index] = /^(\d+)\.ended$/.exec(name) ?? [];
      return index === undefined ? [] : [`${job}_${index}`];
    }),
  );
  return new Set(ended);
};

/** Exit code of a worker that was told to stop, as it is before the end of its job's time. */
const STOPPED = "143";

/** How often a job of a run has ended because its worker was told to stop. */
export const stoppedJobs = (folder: string): number =>
  arraysOf(folder).reduce((sum, name) => {
    const place = join(folder, SLURM, name);
    return guarded("read", place, () => {
      const notes = readdirSync(place).filter(file => file.endsWith(".ended"));
      return sum + notes.filter(file => readFileSync(join(place, file), "utf8").trim() === STOPPED).length;
    });
  }, 0);

const arraysOf = (folder: string): readonly string[] => {
  const place = join(folder, SLURM);
  if (!existsSync(place)) return [];
  return guarded("read", place, () => readdirSync(place))
    .filter(name => /^array-\d+$/.test(name))
    .sort((a, b) => Number(a.slice("array-".length)) - Number(b.slice("array-".length)));
};

/** The number of an array; undefined where it was refused, or nobody can read what was noted. */
const jobOf = (path: string): string | undefined => {
  try {
    return submission.safeParse(JSON.parse(readFileSync(path, "utf8"))).data?.job;
  } catch {
    return undefined;
  }
};
