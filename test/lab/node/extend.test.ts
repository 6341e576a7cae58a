import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Executor, inlineExecutor } from "../../../src/lab/executor.ts";
import { extendRun, resumeRun, startRun } from "../../../src/lab/node/run.ts";
import { openRun } from "../../../src/lab/node/runs.ts";
import { runInMemory } from "../../../src/lab/run-in-memory.ts";
import type { Spec } from "../../../src/lab/spec.ts";
import { messageOf } from "../../support/message-of.ts";
import { systems } from "../fixture-system.ts";
import { killedAfter, optionsFor, recordsOf, temporaryFolder } from "./run-fixture.ts";

const root = temporaryFolder();

const lineOf = (points: number): Spec => ({
  system: "fixture",
  seed: 3,
  studies: [{ name: "line", protocol: "line", chains: 2, chunk: 2, settings: { steps: 2, points } }],
});
const options = (name: string, change = {}) =>
  optionsFor(join(root.path, name), { spec: lineOf(9), saveEvery: Number.POSITIVE_INFINITY, ...change });

/** Runs on the calling thread, and counts the tasks. */
const counting = () => {
  const counted = { tasks: 0 };
  const executor: Executor = (assignments, ...rest) => {
    counted.tasks += [...assignments].length;
    return inlineExecutor(systems)(assignments, ...rest);
  };
  return { counted, executor };
};

const storeError = async (act: Promise<unknown>): Promise<string> => {
  const error = await act.then(
    () => undefined,
    thrown => thrown,
  );
  return messageOf(() => {
    if (error) throw error;
  }, "store");
};

test("extended twice, a run has the files, the records and the content of one that was wide from the start", async () => {
  const whole = await startRun(options("whole"));
  const first = await startRun(options("steps", { spec: lineOf(2) }));
  const { counted, executor } = counting();
  await extendRun(first.path, { settings: { points: 5 } }, options("steps", { executor }));
  expect(counted.tasks).toBe(3);
  const run = await extendRun(first.id, { settings: { points: 9, steps: 2 } }, options("steps", { executor }));
  expect(counted.tasks).toBe(7);
  expect(run.id).toBe(first.id);
  expect(recordsOf(run.path)).toEqual(recordsOf(whole.path));
  expect(run.contentHash).toBe(whole.contentHash);
  expect(run.records("line", "final")).toEqual(whole.records("line", "final"));
  expect(run.spec.studies[0].earlier?.map(({ points }) => points)).toEqual([2, 5]);
  expect((await runInMemory(lineOf(9), { systems, executor: inlineExecutor(systems) })).contentHash).toBe(
    whole.contentHash,
  );
});

test("extended by nothing, it is opened as it is", async () => {
  const { path, contentHash } = await startRun(options("same"));
  const { counted, executor } = counting();
  expect((await extendRun(path, { settings: { points: 9 } }, options("same", { executor }))).contentHash).toBe(
    contentHash,
  );
  expect(counted.tasks).toBe(0);
});

test("killed after any third of its results while it is extended, it goes on to the same bytes", async () => {
  const whole = await startRun(options("undisturbed", { spec: lineOf(4) }));
  for (let results = 0, isWhole = false; !isWhole; results += 3) {
    const name = `killed-${results}`;
    const { path } = await startRun(options(name, { spec: lineOf(2) }));
    let left = results;
    const dying: Executor = (assignments, handlers, rest) =>
      inlineExecutor(systems)(
        assignments,
        {
          ...handlers,
          onLine(...words) {
            if (left-- === 0) throw new Error("killed");
            handlers.onLine(...words);
          },
        },
        rest,
      );
    isWhole = await extendRun(path, { settings: { points: 4 } }, options(name, { executor: dying })).then(
      () => true,
      () => false,
    );
    const run = await resumeRun(path, options(name));
    expect(recordsOf(run.path)).toEqual(recordsOf(whole.path));
    expect(run.contentHash).toBe(whole.contentHash);
    rmSync(join(root.path, name), { recursive: true });
  }
});

test("a run that was interrupted can be extended before it is finished", async () => {
  const whole = await startRun(options("later"));
  const path = await killedAfter(join(root.path, "early"), 7, lineOf(3));
  const run = await extendRun(path, { settings: { points: 9 } }, options("early"));
  expect(recordsOf(run.path)).toEqual(recordsOf(whole.path));
});

test("other settings are refused with what differs, and leave the run as it is", async () => {
  const { path, id } = await startRun(options("refused"));
  const files = () => readdirSync(path, { recursive: true }).toSorted();
  const before = files();
  expect(
    await storeError(extendRun(path, { settings: { points: 12, steps: 3, shape: "uniform" } }, options("refused"))),
  ).toBe(
    `run ${id} was made with other settings: steps is 2 there and 3 here, shape is normal there and uniform here. Leave them as they are there, or begin a run of its own`,
  );
  await expect(extendRun(path, { settings: { points: 0 } }, options("refused"))).rejects.toThrow("points is 0");
  expect(files()).toEqual(before);
  expect(openRun(path).status).toBe("finished");
});

test("a run of another protocol has nothing to extend", async () => {
  const walk = { name: "walks", protocol: "walk", chains: 1, settings: {} };
  const { path } = await startRun(options("walk", { spec: { ...lineOf(1), studies: [walk] } }));
  expect(await storeError(extendRun(path, { settings: { steps: 4 } }, options("walk")))).toContain(
    "no study that can be extended",
  );
});

test("resuming a finished run of which files of results are gone runs exactly those tasks again, to the same bytes", async () => {
  const run = await startRun(options("gone"));
  const before = recordsOf(run.path);
  for (const gone of [[0], [2, 5], [1, 3, 8]]) {
    const tasks = join(run.path, "tasks");
    const names = readdirSync(tasks).toSorted();
    for (const at of gone) rmSync(join(tasks, names[at]));
    const { counted, executor } = counting();
    const again = await resumeRun(run.path, options("gone", { executor }));
    expect(counted.tasks).toBe(gone.length);
    expect(recordsOf(run.path)).toEqual(before);
    expect(again.contentHash).toBe(run.contentHash);
    expect(again.status).toBe("finished");
  }
});

test("two studies of the same content have files of their own", async () => {
  const [study] = lineOf(2).studies;
  const run = await startRun(
    options("twice", { spec: { ...lineOf(2), studies: [study, { ...study, name: "again" }] } }),
  );
  const names = readdirSync(join(run.path, "tasks")).toSorted();
  expect(names.map(name => name.split("-")[0])).toEqual(["again", "again", "line", "line"]);
  expect(names[0].slice("again".length)).toBe(names[2].slice("line".length));
  expect(run.records("again", "final")).toEqual(run.records("line", "final"));
});

test("what is left must be as it was", async () => {
  const run = await startRun(options("left"));
  const tasks = join(run.path, "tasks");
  const [gone, changed] = readdirSync(tasks).toSorted();
  rmSync(join(tasks, gone));
  const text = readFileSync(join(tasks, changed), "utf8");
  writeFileSync(join(tasks, changed), text.replace('"step":1', '"step":2'));
  expect(await storeError(resumeRun(run.path, options("left")))).toContain(
    "was changed after the run finished: restore it, or delete it and resume",
  );
  writeFileSync(join(tasks, changed), text);
  expect((await resumeRun(run.path, options("left"))).contentHash).toBe(run.contentHash);
});
