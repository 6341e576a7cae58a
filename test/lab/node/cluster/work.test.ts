import { createHash } from "node:crypto";
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { isLandauError } from "../../../../src/errors.ts";
import { type Executor, inlineExecutor } from "../../../../src/lab/executor.ts";
import { checkRun } from "../../../../src/lab/node/check-run.ts";
import { audit, drawTasks } from "../../../../src/lab/node/cluster/audit.ts";
import type { Engine } from "../../../../src/lab/node/cluster/engine.ts";
import { gather, standingOf } from "../../../../src/lab/node/cluster/gather.ts";
import { planRun } from "../../../../src/lab/node/cluster/plan-run.ts";
import { shardOf } from "../../../../src/lab/node/cluster/task-list.ts";
import { work, workThrough } from "../../../../src/lab/node/cluster/work.ts";
import { readHistories } from "../../../../src/lab/node/cluster/worker-log.ts";
import { resumeRun, startRun } from "../../../../src/lab/node/run.ts";
import { fileStem } from "../../../../src/lab/node/task-files.ts";
import type { Spec } from "../../../../src/lab/spec.ts";
import { stream } from "../../../../src/numerics/stream.ts";
import { systems } from "../../fixture-system.ts";
import { optionsFor, recordsOf, temporaryFolder } from "../run-fixture.ts";

const root = temporaryFolder();

const walksOf = (chains: number): Spec => ({
  system: "fixture",
  title: "walks",
  seed: 5,
  studies: [{ name: "walks", protocol: "walk", chains, settings: { steps: 4 } }],
  claims: ["walks-end"],
});

/** Rounds: a grid, and its count; and hunts, whose rounds follow from their trials. */
const rounds: Spec = {
  system: "fixture",
  seed: 3,
  studies: [
    { name: "grid", protocol: "grid", chains: 2, settings: {} },
    { name: "hunt", protocol: "hunt", chains: 2, settings: {} },
  ],
};

const plain = async (name: string, spec: Spec) => startRun(optionsFor(join(root.path, name), { spec }));
const planned = async (name: string, spec: Spec) => planRun(optionsFor(join(root.path, name), { spec }));
const here = { systems, executor: inlineExecutor(systems), saveEvery: 0 };
const gathering = { systems, folder: root.path };

/** Runs tasks until so many results have been told, then fails as a kill does. */
const killedAfter = (count: number): Executor => {
  let results = 0;
  return (assignments, handlers, options) => {
    const counted =
      <Words extends unknown[]>(handle: (...words: Words) => void) =>
      (...words: Words): void => {
        if (++results > count) throw new Error("killed");
        handle(...words);
      };
    return inlineExecutor(systems)(
      assignments,
      { ...handlers, onLine: counted(handlers.onLine), onState: counted(handlers.onState), onFailed: undefined },
      options,
    );
  };
};

afterEach(() => vi.restoreAllMocks());

describe("a run whose tasks workers do", () => {
  test("has the files of one that ran at once, byte for byte, and its content hash", async () => {
    const one = await plain("one", walksOf(7));
    const { path, manifest } = await planned("shards", walksOf(7));
    expect(readFileSync(join(path, "tasks.txt"), "utf8")).toBe(
      manifest.tasks.map(({ id, index }) => `00${index}-${id}\n`).join(""),
    );
    for (const part of [1, 2, 3]) await work(path, shardOf(manifest.tasks, { part, of: 3 }), here);
    expect(recordsOf(path)).toEqual(recordsOf(one.path));
    const { run } = await gather(path, gathering);
    expect(run).toMatchObject({ status: "finished", contentHash: one.contentHash });
    expect(run!.verdicts).toEqual(one.verdicts);
    const { files, unknown } = checkRun(path);
    expect({ faults: files.filter(({ fault }) => fault !== undefined), unknown }).toEqual({ faults: [], unknown: [] });
  });

  test("works in rounds, whoever plans them", async () => {
    const one = await plain("rounds-one", rounds);
    const { path, manifest } = await planned("rounds", rounds);
    await Promise.all([workThrough(path, manifest, here), workThrough(path, manifest, here)]);
    expect(recordsOf(path)).toEqual(recordsOf(one.path));
    const { run } = await gather(path, gathering);
    expect(run!.contentHash).toBe(one.contentHash);
    expect(readFileSync(join(path, "plan.json"), "utf8")).toBe(readFileSync(join(one.path, "plan.json"), "utf8"));
    expect(readFileSync(join(path, "tasks.txt"), "utf8").trim().split("\n")).toEqual(run!.tasks.map(fileStem));
  });

  test("gathers a round at a time where workers are given their tasks", async () => {
    const one = await plain("by-hand-one", rounds);
    const { path } = await planned("by-hand", rounds);
    const seen: number[] = [];
    for (;;) {
      const { manifest, run } = await gather(path, gathering);
      if (run) {
        expect(run.contentHash).toBe(one.contentHash);
        break;
      }
      const tasks = standingOf(path).manifest.tasks;
      seen.push(tasks.length);
      expect(tasks.length).toBeGreaterThanOrEqual(manifest.tasks.length);
      await work(path, tasks, here);
    }
    expect(seen.length).toBeGreaterThan(3);
  });
});

describe("an engine", () => {
  test("is given round after round, and the run is the one without it", async () => {
    const one = await plain("engine-one", rounds);
    let given = 0;
    const engine: Engine = {
      async run({ folder, tasks }) {
        given++;
        await work(folder, tasks, here);
      },
    };
    const run = await startRun(optionsFor(join(root.path, "engine"), { spec: rounds, engine }));
    expect(given).toBeGreaterThan(3);
    expect(run.contentHash).toBe(one.contentHash);
    expect(recordsOf(run.path)).toEqual(recordsOf(one.path));
  });

  test("that ends too early is told", async () => {
    const engine: Engine = { run: async ({ folder, tasks }) => work(folder, tasks.slice(1), here) };
    const early = startRun(optionsFor(join(root.path, "early"), { spec: walksOf(3), engine }));
    await expect(early).rejects.toThrow("the engine has ended, and 1 tasks have no result");
  });
});

describe("a worker that is killed", () => {
  test("at every result leaves what another one, or a plain resume, goes on from to the same bytes", async () => {
    const one = await plain("whole", walksOf(2));
    for (let count = 0; count < 18; count++) {
      const { path, manifest } = await planned(`killed-${count}`, walksOf(2));
      await expect(work(path, manifest.tasks, { ...here, executor: killedAfter(count) })).rejects.toThrow("killed");
      if (count % 2 === 0) await work(path, manifest.tasks, here);
      else await resumeRun(path, optionsFor(root.path));
      if (count % 2 === 0) await gather(path, gathering);
      expect(recordsOf(path)).toEqual(recordsOf(one.path));
    }
  });

  test("is followed by one that goes on from the saved state", async () => {
    const { path, manifest } = await planned("saved", walksOf(1));
    await work(path, manifest.tasks, { ...here, executor: killedAfter(5) }).catch(() => {});
    const resumed: unknown[] = [];
    const executor: Executor = (assignments, ...rest) => {
      const all = [...assignments];
      for (const { resume } of all) resumed.push(resume?.lines, resume?.state?.step);
      return inlineExecutor(systems)(all, ...rest);
    };
    await work(path, manifest.tasks, { ...here, executor });
    expect(resumed).toEqual([2, 2]);
  });

  test("does no harm to one at the same task at the same time", async () => {
    const one = await plain("same-one", walksOf(4));
    const { path, manifest } = await planned("same", walksOf(4));
    const [all] = [manifest.tasks];
    await Promise.all([work(path, all, here), work(path, all, here), work(path, [...all].reverse(), here)]);
    expect(recordsOf(path)).toEqual(recordsOf(one.path));
    expect(readdirSync(join(path, "tasks")).filter(name => name.endsWith(".part"))).toEqual([]);
  });
});

test("200 results, each cut at a random byte, are all found and made again, and none is merged", async () => {
  const { path, manifest } = await planned("cut", walksOf(200));
  await work(path, manifest.tasks, here);
  const whole = recordsOf(path);
  const random = stream({ seed: 1, purpose: "cuts" });
  for (const task of manifest.tasks) {
    // A log, or one of the two snapshots.
    const names = [`tasks/${fileStem(task)}.jsonl`, `snapshots/${fileStem(task)}-${task.from}-end.npz`];
    const file = join(path, names[Math.floor(random.uniform() * 2)]);
    truncateSync(file, Math.floor(random.uniform() * statSync(file).size));
  }
  expect(standingOf(path)).toMatchObject({ known: 200, done: 0 });
  expect((await gather(path, gathering)).run).toBeUndefined();
  let made = 0;
  await work(path, manifest.tasks, { ...here, onTask: (_, how) => void (how === "made" && made++) });
  expect(made).toBe(200);
  expect(recordsOf(path)).toEqual(whole);
});

test("neither the clock of a worker nor the times of files have an effect", async () => {
  const one = await plain("clock-one", walksOf(6));
  const { path, manifest } = await planned("clock", walksOf(6));
  await work(path, manifest.tasks.slice(0, 2), here);
  const now = Date.now();
  vi.spyOn(Date, "now").mockImplementation(() => now - 600_000);
  await work(path, manifest.tasks.slice(1, 4), here);
  for (const place of ["tasks", "snapshots"])
    for (const name of readdirSync(join(path, place))) utimesSync(join(path, place, name), 0, 0);
  vi.spyOn(Date, "now").mockImplementation(() => now + 600_000);
  let made = 0;
  await work(path, manifest.tasks, { ...here, onTask: (_, how) => void (how === "made" && made++) });
  expect(made).toBe(2);
  expect(recordsOf(path)).toEqual(recordsOf(one.path));
  expect((await gather(path, gathering)).run!.contentHash).toBe(one.contentHash);
});

test("no file of the cluster asks for a file's times", () => {
  const place = join(import.meta.dirname, "../../../../src/lab/node/cluster");
  for (const name of readdirSync(place))
    expect(readFileSync(join(place, name), "utf8"), name).not.toMatch(/mtime|ctime|atime|birthtime|Date\.now|new Date/);
});

describe("tasks that fail", () => {
  const failing: Spec = {
    system: "fixture",
    seed: 1,
    studies: [
      { name: "good", protocol: "walk", chains: 2, settings: {} },
      { name: "bad", protocol: "bad", chains: 1, settings: { how: "landau" } },
    ],
  };

  test("are told, and the others go on", async () => {
    const { path, manifest } = await planned("failing", failing);
    const told: string[] = [];
    await work(path, [...manifest.tasks].reverse(), {
      ...here,
      onTask: (task, how, error) => void told.push(`${task.study} ${how} ${error?.message ?? ""}`.trim()),
    });
    expect(told.sort()).toEqual([
      "bad failed study bad, chain 0: loss is Infinity at step 3",
      "good made",
      "good made",
    ]);
    const { known, done, failed } = await gather(path, gathering);
    expect({ known, done }).toEqual({ known: 3, done: 2 });
    expect(failed.map(({ error }) => error)).toEqual(["study bad, chain 0: loss is Infinity at step 3"]);
  });
});

/** The same walks, but for one whose numbers are rounded otherwise. */
const rounding = {
  fixture: {
    ...systems.fixture,
    protocols: {
      ...systems.fixture.protocols,
      walk: {
        ...systems.fixture.protocols.walk,
        run: ((member, context) =>
          systems.fixture.protocols.walk.run(member, {
            ...context,
            record: (kind, fields) =>
              context.record(kind, "x" in fields ? { ...fields, x: Math.fround(fields.x as number) } : fields),
          })) as (typeof systems.fixture.protocols.walk)["run"],
      },
    },
  },
};
const otherwise = { systems: rounding, executor: inlineExecutor(rounding), saveEvery: 0 };

describe("a worker that rounds otherwise", () => {
  test("is told of at once where it makes again what another one made", async () => {
    const { path, manifest } = await planned("conflict", walksOf(1));
    const [task] = manifest.tasks;
    // Two at the same task: the second one ends later.
    const slow: Executor = async (assignments, handlers, options) => {
      const all = [...assignments];
      await work(path, [task], here);
      return inlineExecutor(rounding)(all, handlers, options);
    };
    const error = await work(path, [task], { ...otherwise, executor: slow }).catch(cause => cause);
    expect(isLandauError(error, "store")).toBe(true);
    expect(error.message).toMatch(/the same task gave other numbers on two machines/);
    const one = await plain("conflict-one", walksOf(1));
    expect(recordsOf(path)).toEqual(recordsOf(one.path));
  });

  test("is found by an audit, with its host and processor", async () => {
    const { path, manifest } = await planned("audit", walksOf(8));
    await work(path, shardOf(manifest.tasks, { part: 1, of: 4 }), otherwise);
    await work(path, manifest.tasks, here);
    const audited = await audit(path, 8, here);
    const wrong = audited.filter(({ difference }) => difference !== undefined);
    expect(wrong.map(({ task }) => task.index).sort()).toEqual([0, 4]);
    expect(wrong[0].difference).toMatch(/line 1 of tasks\/00\d-[0-9a-f]{16}\.jsonl is another one/);
    expect(wrong[0].machine).toMatchObject({
      node: process.versions.node,
      platform: `${process.platform} ${process.arch}`,
    });
    expect(wrong[0].machine!.host).not.toBe("");
    expect((await audit(path, 3, here)).length).toBe(3);
  });

  test("in a quarter of 2000 tasks is found by 20 of them in at least 99 of 100 audits", () => {
    const random = stream({ seed: 4, purpose: "audits" });
    const tasks = Array.from({ length: 2000 }, (_, i) => i);
    const below = (end: number) => Math.floor(random.uniform() * end);
    const found = Array.from({ length: 100 }, () => drawTasks(tasks, 20, below).some(task => task % 4 === 0));
    expect(found.filter(Boolean).length).toBeGreaterThanOrEqual(99);
    // As many as the odds say: 0.75 to the 20th part is 0.3 %.
    const many = Array.from({ length: 4000 }, () => drawTasks(tasks, 20, below).some(task => task % 4 === 0));
    expect(Math.abs(many.filter(hit => !hit).length / 4000 - 0.75 ** 20)).toBeLessThan(0.004);
  });
});

test("what a worker's notes say is only believed where it can be read", async () => {
  const { path, manifest } = await planned("notes", walksOf(3));
  await work(path, manifest.tasks, here);
  const [name] = readdirSync(join(path, "workers"));
  const file = join(path, "workers", name);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, `${text.slice(0, -9)}\u0000garbage\n{"done":7}\n[]\n`);
  expect(standingOf(path)).toMatchObject({ known: 3, done: 3 });
  expect([...readHistories(path).values()].every(({ begun }) => begun === 1)).toBe(true);
  rmSync(join(path, "workers"), { recursive: true });
  expect(standingOf(path)).toMatchObject({ known: 3, done: 3 });
  expect(existsSync(join(path, "workers"))).toBe(false);
});

test("10 000 names are 10 000 lines, and shards of them are disjoint", async () => {
  const { manifest } = await planned("many", { ...walksOf(10_000), claims: [] });
  const shards = Array.from({ length: 7 }, (_, i) => shardOf(manifest.tasks, { part: i + 1, of: 7 }));
  expect(new Set(shards.flat()).size).toBe(10_000);
  expect(createHash("sha256").update(manifest.tasks.map(fileStem).sort().join()).digest("hex")).toBe(
    createHash("sha256").update(shards.flat().map(fileStem).sort().join()).digest("hex"),
  );
});
