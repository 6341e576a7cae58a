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
  test(`killed with SIGKILL at ${kills} random instants and resumed, it ends with the same bytes`, async () => {
    const { files, hash, time } = await whole;
    expect(files.length).toBe(TASKS);
    let runs = emptyFolder();
    let killed = 0;
    const left: number[] = [];
    for (;;) {
      const begun = readdirSync(runs).length > 0;
      const killAfter = killed < kills ? time * (0.25 + random.uniform() * 0.5) : undefined;
      const call = begun ? resume(runs, workers) : sweep(runs, workers);
      const { code, signal, stdout, stderr } = await landau(call, { killAfter });
      if (signal === "SIGKILL") {
        killed++;
        if (existsSync(runs) && readdirSync(runs).length > 0 && existsSync(tasksOf(runs)))
          left.push(filesOf(runs).length);
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
      if (killed >= kills) break;
      // It ended before it could be killed often enough: once more.
      runs = emptyFolder();
    }
    // Some kills fell into the middle of the work.
    expect(left.some(count => count > 0 && count < TASKS)).toBe(true);
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
