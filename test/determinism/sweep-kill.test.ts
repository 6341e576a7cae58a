import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { stream } from "../../src/numerics/stream.ts";
import { full } from "../support/full.ts";
import { emptyFolder } from "../support/scratch.ts";
import { landau } from "./landau.ts";

/** 200 tasks: 10 x 10 cells, two seeds. */
const TASKS = 200;
const map = ["--x", "weightDecay=lin(0.1,1,10)", "--y", "strength=lin(0.2,2,10)", "--seeds", "2"];
const training = ["--width", "4", "--dx", "2", "--steps", "2000", "--every", "20", "--stop", "end"];
const common = (runs: string, workers: number) => ["--runs", runs, "--workers", `${workers}`, "--no-report", "--json"];
const sweep = (runs: string, workers: number) => [
  "sweep",
  "deep-linear",
  ...map,
  ...training,
  ...common(runs, workers),
];
const resume = (runs: string, workers: number) => ["resume", "last", ...common(runs, workers)];

const tasksOf = (runs: string) => join(runs, readdirSync(runs)[0], "tasks");
const filesOf = (runs: string) =>
  readdirSync(tasksOf(runs))
    .sort()
    .map(name => [name, readFileSync(join(tasksOf(runs), name), "utf8")]);

/** Results of tasks that a folder of runs has. */
const doneIn = (runs: string) =>
  readdirSync(runs).length > 0 && existsSync(tasksOf(runs)) ? readdirSync(tasksOf(runs)).length : 0;

/**
 * An instant to kill at. One in three is any moment from the start of the process on; the others come once a number of results
 * is there, which falls into the middle of the work however fast the machine is.
 */
const anyInstant = (runs: string, time: number) => {
  if (random.uniform() < 1 / 3) return { killAfter: time * random.uniform() };
  const before = doneIn(runs);
  const enough = before + 1 + random.below(Math.max(1, Math.floor(0.8 * (TASKS - before))));
  return { killWhen: () => doneIn(runs) >= enough };
};

/** A run that is never killed, made once. */
const whole = (async () => {
  const runs = emptyFolder();
  const begun = performance.now();
  const { code, stdout, stderr } = await landau(sweep(runs, 2));
  if (code !== 0) throw new Error(stderr);
  return {
    runs,
    files: filesOf(runs),
    hash: JSON.parse(stdout).contentHash as string,
    time: performance.now() - begun,
  };
})();

/** Instants and files are drawn anew by each call of the tests: none may matter. */
const random = stream({ seed: Math.floor(1e9 * Math.random()), purpose: "kills" });

describe.each([1, 2])("a sweep of 200 tasks on %i workers", workers => {
  const kills = full ? 20 : 3;
  test(`killed with SIGKILL ${kills} times in the middle of its work, and at other instants, it ends with the same bytes`, async () => {
    const { files, hash, time } = await whole;
    expect(files.length).toBe(TASKS);
    let runs = emptyFolder();
    let killedInTheMiddle = 0;
    let isWhole = false;
    while (!isWhole || killedInTheMiddle < kills) {
      const begun = readdirSync(runs).length > 0;
      const call = begun ? resume(runs, workers) : sweep(runs, workers);
      const isLast = killedInTheMiddle >= kills;
      const { code, signal, stdout, stderr } = await landau(call, isLast ? {} : anyInstant(runs, time));
      if (signal === "SIGKILL") {
        const done = doneIn(runs);
        if (done > 0 && done < TASKS) killedInTheMiddle++;
        continue;
      }
      // A run that was killed before its record was written never was one.
      if (code === 2 && !existsSync(join(runs, readdirSync(runs)[0], "run.json"))) {
        runs = emptyFolder();
        continue;
      }
      expect(code, stderr).toBe(0);
      expect(JSON.parse(stdout).contentHash).toBe(hash);
      expect(filesOf(runs)).toEqual(files);
      isWhole = true;
      // It ended before it could be killed often enough: once more.
      runs = emptyFolder();
    }
  }, 1_200_000);

  test("with any tenth of its files of results deleted, resuming runs exactly those again, to the same bytes", async () => {
    const { runs, files, hash } = await whole;
    const gone = new Set<number>();
    while (gone.size < TASKS / 10) gone.add(random.below(TASKS));
    for (const i of gone) rmSync(join(tasksOf(runs), files[i][0]));
    const { code, stdout, stderr } = await landau(resume(runs, workers));
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("180 of 200 runs already done\n");
    expect(JSON.parse(stdout).contentHash).toBe(hash);
    expect(filesOf(runs)).toEqual(files);
  }, 240_000);
});
