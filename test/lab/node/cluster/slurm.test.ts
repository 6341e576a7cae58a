import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RemoteRound } from "../../../../src/lab/node/cluster/engine.ts";
import { planArrays, slurmState } from "../../../../src/lab/node/cluster/slurm.ts";
import { noteSubmission, prepareArray } from "../../../../src/lab/node/cluster/slurm-arrays.ts";
import { jobQueue } from "../../../../src/lab/node/cluster/slurm-queue.ts";
import type { Task } from "../../../../src/lab/tasks.ts";
import { call } from "../../../cli/call.ts";
import { cli, execute } from "../../../cli/executable.ts";
import { emptyFolder } from "../../../support/scratch.ts";

const programs = resolve(import.meta.dirname, "../../../support/fake-slurm");
const { PATH } = process.env;
beforeAll(() => {
  process.env.PATH = `${programs}${delimiter}${PATH}`;
});
afterAll(() => {
  process.env.PATH = PATH;
  delete process.env.FAKE_SLURM;
});

/** A cluster with limits, as a folder of notes. */
const cluster = (notes: { readonly [name: string]: number | string }): string => {
  const folder = emptyFolder();
  for (const [name, value] of Object.entries({ "max-array-size": 1001, ...notes }))
    writeFileSync(join(folder, name), `${value}\n`);
  process.env.FAKE_SLURM = folder;
  return folder;
};

const specFile = (chains: number): string => {
  const path = join(emptyFolder(), "spec.toml");
  writeFileSync(
    path,
    `system = "deep-linear"\nseed = 1\n[[studies]]\nname = "map"\nprotocol = "train"\nchains = ${chains}\nsettings = { steps = 2 }\n`,
  );
  return path;
};

/** The words of each submission. */
const submissions = (folder: string): readonly (readonly string[])[] =>
  readdirSync(folder)
    .filter(name => name.startsWith("job-"))
    .sort((a, b) => Number(a.slice(4)) - Number(b.slice(4)))
    .map(name => readFileSync(join(folder, name), "utf8").trim().split("\n"));

const lastIndices = (folder: string): readonly number[] =>
  submissions(folder).map(words => Number(words.find(word => word.startsWith("--array="))!.slice("--array=0-".length)));

const submit = async (runs: string, chains: number, ...words: readonly string[]) =>
  call(["run", specFile(chains), "--on", "slurm", "--runs", runs, "--no-report", "--task-seconds", "3600", ...words]);

/** Names in the lists of all jobs of a run. */
const handedOut = (runs: string): readonly string[] => {
  const [id] = readdirSync(runs);
  const slurm = join(runs, id, "slurm");
  return readdirSync(slurm)
    .flatMap(array => readdirSync(join(slurm, array)).map(name => join(slurm, array, name)))
    .filter(name => name.endsWith(".txt"))
    .flatMap(name => readFileSync(name, "utf8").trim().split("\n"));
};

describe("5000 tasks", () => {
  test.each([
    [1001, undefined, [999]],
    [101, undefined, [100, 100, 100, 100, 100, 100, 100, 100, 100, 90]],
    [1001, 300, [299]],
    [101, 300, [100, 100, 97]],
  ])("at MaxArraySize %i and a limit of %s jobs are in legal arrays, each once", async (size, limit, last) => {
    const folder = cluster({
      "max-array-size": size,
      ...(limit !== undefined && { "told-limit": limit, "most-jobs": limit }),
    });
    const runs = join(emptyFolder(), "runs");
    // The jobs do nothing, so that nothing is done when they are gone.
    const { code, stderr } = await submit(runs, 5000);
    expect(stderr).toContain("the last jobs got none of 5000 missing tasks done");
    expect(code).toBe(1);
    expect(lastIndices(folder)).toEqual(last);
    const names = handedOut(runs);
    expect(names.length).toBe(5000);
    expect(new Set(names).size).toBe(5000);
  });

  test("and a limit that nobody tells: what is refused ends with code 1, its message and what was submitted", async () => {
    const folder = cluster({ "max-array-size": 101, "most-jobs": 300 });
    const runs = join(emptyFolder(), "runs");
    const { code, stderr } = await submit(runs, 5000);
    expect(code).toBe(1);
    expect(stderr).toContain(
      "landau: sbatch refused 101 jobs: sbatch: error: AssocMaxSubmitJobLimit. submitted already: job 1 (101 in an array), job 2 (101 in an array); 3182 of 5000 tasks are in no job",
    );
    expect(lastIndices(folder)).toEqual([100, 100]);
    // The user may say what the cluster does not.
    const other = cluster({ "max-array-size": 101, "most-jobs": 300 });
    await submit(join(emptyFolder(), "runs"), 5000, "--max-jobs", "300");
    expect(lastIndices(other)).toEqual([100, 100, 97]);
  });
});

test("arrays are legal at any size and limit", () => {
  const tasks = Array.from({ length: 700 }, (_, index) => ({ index })) as unknown as readonly Task[];
  for (const maxArraySize of [1, 2, 7, 1001, 100_000])
    for (const maxSubmit of [undefined, 1, 2, 50])
      for (const seconds of [0.01, 10, 5000]) {
        const arrays = planArrays(tasks, seconds, { maxArraySize, ...(maxSubmit && { maxSubmit }) }, { cpus: 1 });
        expect(Math.max(...arrays.map(({ length }) => length))).toBeLessThanOrEqual(maxArraySize);
        expect(arrays.flat().length).toBeLessThanOrEqual(maxSubmit ?? 1000);
        expect(arrays.flat(2).length).toBe(700);
      }
});

test("jobs ask to be put back, to append, and to be told before their time ends", async () => {
  const folder = cluster({});
  const runs = join(emptyFolder(), "runs");
  await submit(runs, 3, "--partition", "long", "--time", "2:00:00", "--account", "me", "--sbatch=--mem=2G");
  const [words] = submissions(folder);
  for (const word of ["--requeue", "--open-mode=append", "--signal=B:TERM@60", "--partition=long", "--mem=2G"])
    expect(words).toContain(word);
  expect(words).toEqual(expect.arrayContaining(["--time=2:00:00", "--account=me", "--parsable"]));
  const [id] = readdirSync(runs);
  expect(words).toContain(`--job-name=landau-${id}`);
  expect(readFileSync(words.at(-1)!, "utf8")).toMatch(/^\S+ .* --workers 1 --tasks "\$shard"\.txt &$/m);
});

test("a run whose jobs do their work ends as one without Slurm, and runs shows the queue", async () => {
  if (!existsSync(cli)) throw new Error("dist/cli.mjs is missing: npm run build");
  const folder = cluster({ do: 1 });
  const home = emptyFolder();
  const spec = specFile(9);
  const env = { PATH: `${programs}${delimiter}${PATH}`, FAKE_SLURM: folder };
  const words = ["run", spec, "--json", "--no-report"];
  const { code, stdout, stderr } = await execute([...words, "--on", "slurm", "--shards", "2"], { cwd: home, env });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const { run, contentHash } = JSON.parse(stdout);
  expect(lastIndices(folder)).toEqual([1]);
  const { stdout: plain } = await call([...words, "--runs", join(home, "plain")]);
  expect(contentHash).toBe(JSON.parse(plain).contentHash);
  expect((await call(["check", join(home, "runs", run)])).stdout).toBe("all 12 files are as they were\n");

  writeFileSync(join(folder, "queue"), "1_0 RUNNING None\n1_1 PENDING Resources\n1_2 PENDING Resources\n");
  const runs = join(home, "open");
  const { stdout: planned } = await call(["plan", spec, "--runs", runs, "--json"]);
  const { run: id, tasks } = JSON.parse(planned);
  expect(tasks).toBe(9);
  expect((await call(["runs", "--runs", runs])).stdout).toContain("open, 0 of 9 tasks ");
  mkdirSync(join(runs, id, "slurm"));
  expect((await call(["runs", "--runs", runs])).stdout).toContain("open, 0 of 9 tasks; Slurm: 1 running, 2 pending ");
});

test("jobs that Slurm holds, and running ones that bring nothing, are given up, and what is missing is submitted again", async () => {
  if (!existsSync(cli)) throw new Error("dist/cli.mjs is missing: npm run build");
  const folder = cluster({ do: 2, queue: "1_0 PENDING launch failed requeued held\n1_1 RUNNING None" });
  const home = emptyFolder();
  const words = ["run", specFile(4), "--on", "slurm", "--no-report", "--shards", "2", "--patience", "0.5"];
  const env = { PATH: `${programs}${delimiter}${PATH}`, FAKE_SLURM: folder };
  const { code, stderr } = await execute(words, { cwd: home, env });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stderr).toContain("Slurm could not start jobs and holds them: 1_0: not waited for any more");
  expect(stderr).toContain("from jobs that Slurm says are running: 1_1: not waited for any more");
  expect(lastIndices(folder)).toEqual([1, 1]);
});

test("a job hands the signal before its end on to its worker, waits for it, and notes its end", async () => {
  const run = emptyFolder();
  // Its worker says when it has begun, and takes its time to end.
  const worker = join(run, "worker.mjs");
  writeFileSync(
    worker,
    `process.on("SIGTERM", () => setTimeout(() => process.exit(9), 200)); setInterval(() => {}, 1000); console.log(process.argv.slice(2).join(" "));\n`,
  );
  const place = prepareArray(run, [[]], { program: [process.execPath, worker], cpus: 2 });
  const ended = join(run, place, "0.ended");
  writeFileSync(ended, "");
  const job = spawn("bash", [join(run, place, "job.sh")], { env: { ...process.env, SLURM_ARRAY_TASK_ID: "0" } });
  const words = String((await once(job.stdout, "data"))[0]);
  expect(words.trim()).toBe(`work ${run} --workers 2 --tasks ${join(run, place, "0.txt")}`);
  // What an earlier start noted does not count for one that Slurm has put back into the queue.
  expect(existsSync(ended)).toBe(false);
  job.kill("SIGTERM");
  expect((await once(job, "exit"))[0]).toBe(9);
  expect(readFileSync(ended, "utf8")).toBe("9\n");
});

test("tasks that take longer than a job may go on in the next one from their saved states", async () => {
  const folder = cluster({ do: 1, short: 1 });
  const home = emptyFolder();
  const spec = join(home, "spec.toml");
  writeFileSync(
    spec,
    `system = "deep-linear"\nseed = 1\n[[studies]]\nname = "map"\nprotocol = "train"\nchains = 1\nsettings = { steps = 3_000_000 }\n`,
  );
  const env = { PATH: `${programs}${delimiter}${PATH}`, FAKE_SLURM: folder };
  const words = ["run", spec, "--on", "slurm", "--shards", "1", "--no-report"];
  const { code, stderr } = await execute(words, { cwd: home, env });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(lastIndices(folder)).toEqual([0, 0]);
  const arrays = join(home, "runs", readdirSync(join(home, "runs"))[0], "slurm");
  expect(["001", "002"].map(n => readFileSync(join(arrays, `array-${n}`, "0.ended"), "utf8"))).toEqual([
    "143\n",
    "0\n",
  ]);
});

describe("a queue that shows jobs", () => {
  const round = (folder: string): RemoteRound => ({
    folder,
    ...({ manifest: { id: "x" }, systems: {}, tasks: [] } as unknown as Pick<
      RemoteRound,
      "manifest" | "systems" | "tasks"
    >),
    pollEvery: 5,
    missing: () => [{}] as unknown as readonly Task[],
    onNotice: () => {},
  });
  const submitted = (run: string, array: string, job: number, ...ended: readonly number[]) => {
    const place = join(run, "slurm", array);
    mkdirSync(place, { recursive: true });
    noteSubmission(place, { job: String(job), shards: 2, sbatch: [] });
    for (const index of ended) writeFileSync(join(place, `${index}.ended`), "");
  };

  test("is not believed of those that noted their end", async () => {
    cluster({ queue: "7_0 RUNNING None\n7_1 COMPLETING None" });
    const run = emptyFolder();
    submitted(run, "array-001", 7, 0, 1);
    expect(await jobQueue("x", round(run), 60).drained()).toBe(true);
    expect(await slurmState("x", run)).toBe("");
  });

  test("is believed of a later array that has the number of one that a controller forgot", async () => {
    const folder = cluster({ queue: "7_0 RUNNING None" });
    const run = emptyFolder();
    submitted(run, "array-001", 7, 0);
    submitted(run, "array-002", 7);
    const queue = jobQueue("x", round(run), 0.02);
    expect(await queue.drained()).toBe(false);
    // Never waited for again, unless the number is given out again.
    const late = jobQueue("x", round(run), 60);
    let isOver = false;
    const waiting = late.drained().then(hadChance => {
      isOver = true;
      return hadChance;
    });
    expect(await queue.drained()).toBe(true);
    expect(isOver).toBe(false);
    queue.submitted("7");
    expect(await queue.drained()).toBe(false);
    writeFileSync(join(folder, "queue"), "");
    expect(await waiting).toBe(true);
  });
});

test("Slurm's options without Slurm, and Slurm where there is none, are told", async () => {
  const spec = specFile(1);
  const alone = await call(["run", spec, "--partition", "long"]);
  expect([alone.code, alone.stderr]).toEqual([2, "landau: --partition is for jobs of Slurm: needs --on slurm\n"]);
  const elsewhere = await call(["run", spec, "--on", "moon"]);
  expect(elsewhere).toMatchObject({ code: 2 });
  expect(elsewhere.stderr).toContain('--on is "moon": needs slurm, folder, or the address of a queue');
  process.env.PATH = "/nowhere";
  try {
    const { code, stderr } = await call(["run", spec, "--on", "slurm", "--runs", join(emptyFolder(), "runs")]);
    expect(code).toBe(2);
    expect(stderr).toContain("--on slurm needs Slurm's commands, and squeue is not here");
  } finally {
    process.env.PATH = `${programs}${delimiter}${PATH}`;
  }
});
