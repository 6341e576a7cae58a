import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isLandauError } from "../../../src/errors.ts";
import { type Executor, inlineExecutor } from "../../../src/lab/executor.ts";
import { resumeRun, startRun } from "../../../src/lab/node/run.ts";
import { openRun } from "../../../src/lab/node/runs.ts";
import { runInMemory } from "../../../src/lab/run-in-memory.ts";
import type { Spec } from "../../../src/lab/spec.ts";
import { systems } from "../fixture-system.ts";
import { killedAfter, optionsFor, recordsOf, temporaryFolder, walks } from "./run-fixture.ts";

const root = temporaryFolder();

/** Two walks that share one short log, of which every byte is tried: every kind of line, of a first chain and of another. */
const short: Spec = {
  ...walks,
  studies: [{ name: "walks", protocol: "walk", chains: 2, chunk: 2, settings: { steps: 2 } }],
  claims: [],
};

const unfinish = (path: string): void => {
  for (const file of ["finished.json", "verdicts.json"]) rmSync(join(path, file), { force: true });
};

/** A finished run, made unfinished again. */
const reopened = async (name: string, spec: Spec = walks) => {
  const run = await startRun(optionsFor(join(root.path, name), { spec }));
  unfinish(run.path);
  return { ...run, records: recordsOf(run.path), log: join(run.path, `tasks/000-${run.tasks[0].id}.jsonl`) };
};

/** Saves no states, each of which waits for the disk. */
const quick = optionsFor("unused", { saveEvery: Number.POSITIVE_INFINITY });

describe("killed and resumed, a run ends with the same bytes", () => {
  test("after each of its results", async () => {
    const whole = await startRun(optionsFor(join(root.path, "whole")));
    const results = 3 * (4 + 3 + 2) + (4 + 3 + 2) + 3;
    for (let count = 0; count <= results; count++) {
      const folder = join(root.path, `killed-${count}`);
      const path = await killedAfter(folder, count);
      expect(openRun(path).status).toBe(count < results ? "interrupted" : "finished");
      const run = await resumeRun("last", optionsFor(folder));
      expect(recordsOf(run.path)).toEqual(recordsOf(whole.path));
      expect(run.contentHash).toBe(whole.contentHash);
      rmSync(folder, { recursive: true });
    }
  });

  test("with its log cut at every byte, without a saved state", async () => {
    const { path, log, records, contentHash } = await reopened("bytes", short);
    const bytes = readFileSync(log);
    for (let size = 0; size <= bytes.length; size++) {
      writeFileSync(log, bytes.subarray(0, size));
      const run = await resumeRun(path, quick);
      expect(readFileSync(log).equals(bytes)).toBe(true);
      expect(run.contentHash).toBe(contentHash);
      if (size % 50 === 0) expect(recordsOf(path)).toEqual(records);
      unfinish(path);
    }
  });

  test("with its log cut at every byte, beside a saved state from anywhere in the task", async () => {
    const folder = join(root.path, "states");
    // The state saved last before the kill belongs to chain 1, step 1.
    const path = await killedAfter(folder, 11, short);
    const [state] = readdirSync(join(path, "tasks")).filter(name => name.endsWith(".state"));
    const saved = readFileSync(join(path, "tasks", state));
    expect(saved.toString()).toContain('"chain":1');
    const whole = await resumeRun(path, optionsFor(folder));
    const records = recordsOf(path);
    const log = join(path, `tasks/000-${whole.tasks[0].id}.jsonl`);
    const bytes = readFileSync(log);
    for (let size = 0; size <= bytes.length; size++) {
      unfinish(path);
      writeFileSync(log, bytes.subarray(0, size));
      writeFileSync(join(path, "tasks", state), saved);
      await resumeRun(path, quick);
      expect(readFileSync(log).equals(bytes)).toBe(true);
    }
    expect(recordsOf(path)).toEqual(records);
  });

  test("with its saved state cut or changed at any byte", async () => {
    const folder = join(root.path, "torn-state");
    const path = await killedAfter(folder, 11, short);
    const [log, state] = readdirSync(join(path, "tasks")).map(name => join(path, "tasks", name));
    const [lines, saved] = [log, state].map(file => readFileSync(file));
    const whole = recordsOf((await startRun(optionsFor(join(root.path, "torn-whole"), { spec: short }))).path);
    for (let at = 0; at < saved.length; at += 7) {
      for (const damage of [saved.subarray(0, at), Buffer.from(saved.map((byte, i) => (i === at ? byte ^ 1 : byte)))]) {
        unfinish(path);
        writeFileSync(log, lines);
        writeFileSync(state, damage);
        await resumeRun(path, quick);
        expect(recordsOf(path)).toEqual(whole);
      }
    }
  });

  test("killed while it wrote a saved state, of which a part is left beside", async () => {
    const folder = join(root.path, "part");
    const path = await killedAfter(folder, 11, short);
    const [, state] = readdirSync(join(path, "tasks")).map(name => join(path, "tasks", name));
    writeFileSync(`${state}.part`, readFileSync(state).subarray(0, 40));
    await resumeRun(path, quick);
    const whole = await startRun(optionsFor(join(root.path, "part-whole"), { spec: short }));
    expect(recordsOf(path)).toEqual(recordsOf(whole.path));
  });

  test("twice in a row", async () => {
    const folder = join(root.path, "twice");
    const path = await killedAfter(folder, 8);
    let lines = 0;
    const stop = new AbortController();
    const again = optionsFor(folder, { signal: stop.signal, onProgress: () => ++lines === 6 && stop.abort() });
    const error = await resumeRun(path, again).catch(error => error);
    expect(isLandauError(error, "cancelled")).toBe(true);
    const run = await resumeRun(path, optionsFor(folder));
    const whole = await startRun(optionsFor(join(root.path, "once")));
    expect(recordsOf(run.path)).toEqual(recordsOf(whole.path));
  });
});

describe("chains that are driven together", () => {
  const crowds = (chunk: number): Spec => ({
    ...walks,
    studies: [{ name: "walks", protocol: "crowd", chains: 3, chunk, settings: { steps: 3 } }],
  });

  test("are read in chain order, and have the content of the same chains one by one, however they are cut", async () => {
    const alone = { ...walks, studies: [{ ...walks.studies[0], chunk: 1 }] };
    const { contentHash } = await startRun(optionsFor(join(root.path, "alone"), { spec: alone }));
    for (const chunk of [1, 2, 3]) {
      const folder = join(root.path, `crowd-${chunk}`);
      const run = await startRun(optionsFor(folder, { spec: crowds(chunk) }));
      expect(run.contentHash).toBe(contentHash);
      const records = run.records("walks", "step");
      expect(records.map(({ chain, step }) => [chain, step])).toEqual(
        [0, 1, 2].flatMap(chain => [1, 2, 3].map(step => [chain, step])),
      );
      const inMemory = await runInMemory(crowds(chunk), { systems, executor: inlineExecutor(systems) });
      expect(inMemory.contentHash).toBe(contentHash);
      expect(inMemory.records("walks", "step")).toEqual(records);
    }
  });

  test("killed after each of their results and resumed, with the saved state or without, end with the same bytes", async () => {
    const whole = await startRun(optionsFor(join(root.path, "together"), { spec: crowds(2) }));
    const results = 3 * 3 + 3 + 3 + 2 * 3 + 2;
    for (let count = 0; count <= results; count++)
      for (const isStateLost of [false, true]) {
        const folder = join(root.path, `together-${count}-${isStateLost}`);
        const path = await killedAfter(folder, count, crowds(2));
        expect(openRun(path).status).toBe(count < results ? "interrupted" : "finished");
        const states = readdirSync(join(path, "tasks")).filter(name => name.endsWith(".state"));
        if (isStateLost) for (const state of states) rmSync(join(path, "tasks", state));
        const run = await resumeRun("last", optionsFor(folder));
        expect(recordsOf(run.path)).toEqual(recordsOf(whole.path));
        expect(run.contentHash).toBe(whole.contentHash);
        rmSync(folder, { recursive: true });
      }
  });
});

test("resuming goes on from the saved state, not from the start", async () => {
  const folder = join(root.path, "goes-on");
  await killedAfter(folder, 15);
  const resumed: unknown[] = [];
  const executor: Executor = (assignments, ...rest) => {
    resumed.push(...[...assignments].map(({ task, resume }) => [task.index, resume?.chain, resume?.lines]));
    return inlineExecutor(systems)(assignments, ...rest);
  };
  await resumeRun("last", optionsFor(folder, { executor }));
  expect(resumed).toEqual([
    [0, 1, 6],
    [1, 2, 0],
    [2, 0, 0],
  ]);
});

test("a torn last line is cut off and told", async () => {
  const { path, log } = await reopened("torn");
  const notices: string[] = [];
  const size = readFileSync(log).length;
  truncateSync(log, size - 20);
  expect(openRun(path).records("walks", "final").length).toBe(3);
  await resumeRun(path, optionsFor("unused", { onNotice: message => notices.push(message) }));
  expect(notices.length).toBe(1);
  expect(notices[0]).toMatch(/^a torn last line of \d+ bytes was cut off the log of task 0$/);
  expect(readFileSync(log).length).toBe(size);
});

describe("a corrupt log is refused with file and line, and left alone", () => {
  const damage = (line: number, change: (line: string) => string) => (text: string) =>
    text
      .split("\n")
      .map((content, i) => (i === line - 1 ? change(content) : content))
      .join("\n");
  test.each<[string, number, (text: string) => string]>([
    ["a line that is no JSON", 3, damage(3, line => line.slice(1))],
    ["an empty line", 2, damage(2, () => "")],
    ["JSON that is no record", 1, damage(1, () => "[1]")],
    ["a chain of another task", 1, damage(1, line => line.replace('"chain":0', '"chain":7'))],
    ["a changed chain, which the closing hash tells", 9, damage(2, line => line.replace('"chain":0', '"chain":1'))],
    ["a changed number, which the closing hash tells", 9, damage(2, line => line.replace('"step":2', '"step":3'))],
    ["lines after the closing one", 9, text => `${text}${text.split("\n")[7]}\n`],
    ["half a line after the closing one", 9, text => `${text}{"kind"`],
  ])("%s", async (_, line, change) => {
    const { path, log } = await reopened("corrupt");
    const text = change(readFileSync(log, "utf8"));
    writeFileSync(log, text);
    for (const work of [
      () => resumeRun(path, optionsFor("unused")),
      async () => openRun(path).records("walks", "step"),
    ]) {
      const error = await work().catch(error => error);
      expect(isLandauError(error, "store")).toBe(true);
      expect(error.message).toContain(`${log}:${line}: the line is corrupt`);
      expect(error.message).toContain("delete it and resume");
    }
    expect(readFileSync(log, "utf8")).toBe(text);
    rmSync(log);
    expect((await resumeRun(path, optionsFor("unused"))).status).toBe("finished");
  });

  test("bytes that are no UTF-8", async () => {
    const { path, log } = await reopened("utf8");
    const bytes = readFileSync(log);
    bytes[bytes.indexOf("–")] = 0xff;
    writeFileSync(log, bytes);
    const error = await resumeRun(path, optionsFor("unused")).catch(error => error);
    expect(error.message).toContain(`${log}:2: the line is corrupt: it is not UTF-8`);
  });
});
