import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Executor, inlineExecutor } from "../../../src/lab/executor.ts";
import { resumeRun, startRun } from "../../../src/lab/node/run.ts";
import { openRun } from "../../../src/lab/node/runs.ts";
import { runInMemory } from "../../../src/lab/run-in-memory.ts";
import type { Spec } from "../../../src/lab/spec.ts";
import { messageOf } from "../../support/message-of.ts";
import { systems } from "../fixture-system.ts";
import { fixtureThreads } from "../fixture-threads.ts";
import { killedAfter, optionsFor, recordsOf, temporaryFolder } from "./run-fixture.ts";

const root = temporaryFolder();
const threads = fixtureThreads();

const planned: Spec = {
  system: "fixture",
  seed: 4,
  studies: [
    { name: "hunt", protocol: "hunt", chains: 2, chunk: 2, settings: { halvings: 1 } },
    { name: "walks", protocol: "walk", chains: 1, settings: { steps: 1 } },
    { name: "grid", protocol: "grid", chains: 2, chunk: 2, settings: { steps: 1, scales: 2 } },
  ],
};
const options = (name: string, change = {}) => optionsFor(join(root.path, name), { spec: planned, ...change });
/** Saves no states, each of which waits for the disk. */
const quick = (folder: string, change = {}) => optionsFor(folder, { saveEvery: Number.POSITIVE_INFINITY, ...change });
const planOf = (path: string) => readFileSync(join(path, "plan.json"), "utf8");
const reopen = (path: string) => {
  for (const file of ["finished.json", "verdicts.json"]) rmSync(join(path, file));
};
const storeError = (act: () => unknown): string => messageOf(act, "store");

test("killed after every third of its results and resumed, with the saved state and without in turn, a run of rounds ends with the same bytes", async () => {
  const whole = await startRun(options("whole"));
  let results = 0;
  for (let isFinished = false; !isFinished; results += 3) {
    const folder = join(root.path, `killed-${results}`);
    const path = await killedAfter(folder, results, planned);
    isFinished = openRun(path).status === "finished";
    const states = readdirSync(join(path, "tasks")).filter(name => name.endsWith(".state"));
    if (results % 2 === 0) for (const state of states) rmSync(join(path, "tasks", state));
    const run = await resumeRun("last", quick(folder));
    expect(recordsOf(run.path)).toEqual(recordsOf(whole.path));
    expect(planOf(run.path)).toBe(planOf(whole.path));
    expect(run.contentHash).toBe(whole.contentHash);
    rmSync(folder, { recursive: true });
  }
  // Lines, saved states, snapshots and ends of tasks in four rounds.
  expect(results).toBeGreaterThan(60);
});

test("stopped between two rounds, it goes on with the next", async () => {
  const whole = await startRun(options("undisturbed"));
  for (let stopAt = 1; stopAt < 4; stopAt++) {
    let round = 0;
    const stopping: Executor = async (...words) => {
      if (round++ === stopAt) throw new Error("killed");
      await inlineExecutor(systems)(...words);
    };
    const folder = join(root.path, `between-${stopAt}`);
    await startRun(options(`between-${stopAt}`, { executor: stopping })).catch(() => {});
    const rounds: number[] = [];
    const counting: Executor = (assignments, ...rest) => {
      rounds.push([...assignments].length);
      return inlineExecutor(systems)(assignments, ...rest);
    };
    const run = await resumeRun("last", quick(folder, { executor: counting }));
    expect(rounds.length).toBe(4 - stopAt);
    expect(recordsOf(run.path)).toEqual(recordsOf(whole.path));
    expect(planOf(run.path)).toBe(planOf(whole.path));
  }
});

test("is the same on one thread, on worker threads and in memory, and reads back with all its tasks", async () => {
  const inline = await startRun(options("inline"));
  const memory = await runInMemory(planned, { systems, executor: inlineExecutor(systems) });
  expect(memory.contentHash).toBe(inline.contentHash);
  expect(memory.records("hunt", "trial")).toEqual(inline.records("hunt", "trial"));
  for (const count of [1, 3]) {
    const run = await startRun(options(`threads-${count}`, { executor: threads(count) }));
    expect(recordsOf(run.path)).toEqual(recordsOf(inline.path));
    expect(run.contentHash).toBe(inline.contentHash);
    expect(openRun(run.path).tasks).toEqual(inline.tasks);
  }
  expect(inline.tasks.length).toBe(
    Object.keys(recordsOf(inline.path)).filter(name => name.startsWith("tasks/")).length,
  );
});

test("progress of a study never falls, and has all its chains only at its end", async () => {
  const told = new Map<string, number[]>();
  const onProgress = (study: string, done: number) => told.set(study, [...(told.get(study) ?? []), done]);
  await startRun(options("told", { onProgress }));
  for (const { name, chains } of planned.studies) {
    const values = told.get(name)!;
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(values.filter(value => value >= chains)).toEqual([chains]);
  }
});

describe("plan.json", () => {
  test("is not there when nothing is planned", async () => {
    const run = await startRun(options("unplanned", { spec: { ...planned, studies: [planned.studies[1]] } }));
    expect(existsSync(join(run.path, "plan.json"))).toBe(false);
  });

  test("can be lost, as can the log of an early round: resuming plans anew and keeps what is done", async () => {
    const whole = await startRun(options("lost"));
    const [records, plan] = [recordsOf(whole.path), planOf(whole.path)];
    reopen(whole.path);
    rmSync(join(whole.path, "plan.json"));
    expect(openRun(whole.path).tasks.length).toBeLessThan(whole.tasks.length);
    const log = join(whole.path, `tasks/000-${whole.tasks[0].id}.jsonl`);
    rmSync(log);
    let ran = 0;
    const executor: Executor = (assignments, ...rest) => {
      ran += [...assignments].length;
      return inlineExecutor(systems)(assignments, ...rest);
    };
    const run = await resumeRun(whole.path, quick("unused", { executor }));
    expect(ran).toBe(1);
    expect(recordsOf(run.path)).toEqual(records);
    expect(planOf(run.path)).toBe(plan);
    expect(run.contentHash).toBe(whole.contentHash);
  });

  test("of a finished run must be there, unchanged", async () => {
    const { path } = await startRun(options("changed"));
    const file = join(path, "plan.json");
    const text = readFileSync(file, "utf8");
    for (const damaged of [
      "{}",
      text.slice(0, 50),
      text.replace('"from": 0', '"from": 1'),
      text.replace("hunt", "h"),
    ]) {
      writeFileSync(file, damaged);
      expect(storeError(() => openRun(path))).toContain(file);
    }
    writeFileSync(file, `${text}\n`);
    expect(storeError(() => openRun(path))).toContain("plan.json was changed after the run finished");
    rmSync(file);
    expect(storeError(() => openRun(path))).toContain("plan.json is missing");
  });

  test("a first round that is not what the protocols plan is refused", async () => {
    const { path } = await startRun(options("other"));
    reopen(path);
    const file = join(path, "run.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"at": -8', '"at": -9'));
    expect(storeError(() => openRun(path))).toContain("the list of tasks is not that of the spec");
  });
});
