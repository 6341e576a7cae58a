import { describe, expect, test } from "vitest";
import type { System } from "../../src/contracts/index.ts";
import type { ProtocolContext } from "../../src/contracts/protocol.ts";
import { isLandauError } from "../../src/errors.ts";
import { completeSpec } from "../../src/lab/complete-spec.ts";
import { plan } from "../../src/lab/plan.ts";
import { type ResumePoint, runTask, type TaskOptions } from "../../src/lab/run-task.ts";
import type { Task } from "../../src/lab/tasks.ts";
import { fixture, systems } from "./fixture-system.ts";

const walkTask: Task = plan(
  completeSpec(
    {
      system: "fixture",
      seed: 5,
      studies: [{ name: "walks", protocol: "walk", chains: 3, chunk: 3, settings: { steps: 6 } }],
    },
    systems,
  ),
  systems,
)[0];

/** Runs a task and keeps all that comes out. A millisecond passes at every look at the clock. */
const collect = (task: Task, system: System, options: Partial<TaskOptions> = {}) => {
  const lines: string[] = [];
  const snapshots: string[] = [];
  const points: ResumePoint[] = [];
  const progress: number[] = [];
  let time = 0;
  runTask(
    task,
    system,
    {
      line: line => lines.push(line),
      snapshot: (chain, name) => snapshots.push(`${chain} ${name}`),
      state: point => points.push(point),
      progress: done => progress.push(done),
    },
    { now: () => time++, saveEvery: 0, ...options },
  );
  return { lines, snapshots, points, progress };
};

/** A system whose one protocol does this. */
const doing = (run: (context: ProtocolContext) => void): System => ({
  ...fixture,
  protocols: { walk: { ...fixture.protocols.walk, run: (_, context) => run(context) } },
});

test("chains run in order and records are JSON lines with kind and chain first", () => {
  const { lines, snapshots } = collect(walkTask, fixture);
  expect(lines.length).toBe(3 * 7);
  expect(lines[0]).toMatch(/^\{"kind":"step","chain":0,"step":1,"x":-?[\d.]+,"note":null\}$/);
  expect(lines.map(line => JSON.parse(line).chain)).toEqual([0, 1, 2].flatMap(chain => Array(7).fill(chain)));
  expect(snapshots).toEqual(["0 start", "0 end", "1 start", "1 end", "2 start", "2 end"]);
});

test("a chain does not depend on the task it is in", () => {
  const alone = collect({ ...walkTask, from: 1, to: 2 }, fixture);
  expect(alone.lines).toEqual(collect(walkTask, fixture).lines.slice(7, 14));
});

test("resumed from any of its saved states, a task writes the rest of the same lines", () => {
  const whole = collect(walkTask, fixture);
  expect(whole.points.length).toBe(18);
  for (const resume of whole.points)
    expect(collect(walkTask, fixture, { resume }).lines).toEqual(whole.lines.slice(resume.lines));
});

test("resumed at the start of a chain, too", () => {
  const { lines } = collect(walkTask, fixture);
  expect(collect(walkTask, fixture, { resume: { chain: 2, lines: 14 } }).lines).toEqual(lines.slice(14));
});

describe("clock", () => {
  test("at most one state is kept per period, and what is kept does not change the lines", () => {
    const { lines, points } = collect(walkTask, fixture, { saveEvery: 12 });
    expect(points.length).toBeGreaterThan(1);
    expect(points.length).toBeLessThan(6);
    expect(lines).toEqual(collect(walkTask, fixture).lines);
  });

  test("a large state is followed by a pause in which it can be written", () => {
    // 80 000 bytes, at 10 000 a millisecond; a millisecond passes at every look at the clock.
    const large = new Float64Array(10_000);
    let asked = 0;
    const system = doing(context => {
      for (let i = 0; i < 30; i++) context.save(() => ({ large, asked: asked++ }));
    });
    const { points } = collect({ ...walkTask, to: 1 }, system);
    expect(points.length).toBeGreaterThan(1);
    expect(points.length).toBeLessThan(30 / 4);
    expect(asked).toBe(points.length);
  });

  test("a state that is not kept is not made", () => {
    const system = doing(context =>
      context.save(() => {
        throw new Error("made");
      }),
    );
    expect(collect(walkTask, system, { saveEvery: 1000 }).points).toEqual([]);
  });

  test("a kept state is a copy of the live buffers", () => {
    const live = Float64Array.of(1);
    const system = doing(context => {
      context.save(() => ({ live }));
      live[0]++;
    });
    expect(collect(walkTask, system).points.map(({ state }) => (state!.live as Float64Array)[0])).toEqual([1, 2, 3]);
  });

  test("progress is told ten times a second, in chains", () => {
    let time = 0;
    const system = doing(context => {
      for (let i = 1; i <= 1000; i++, time++) context.progress(i / 1000);
    });
    const { progress } = collect(walkTask, system, { now: () => time });
    expect(progress.length).toBe(30);
    expect(progress[15]).toBeCloseTo(1.5, 1);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });
});

const errorOf = (system: System, options: Partial<TaskOptions> = {}): unknown => {
  try {
    collect(walkTask, system, options);
  } catch (error) {
    return error;
  }
  throw new Error("did not throw");
};

describe("refusals", () => {
  test.each<[string, (context: ProtocolContext) => void, string]>([
    ["NaN", c => c.record("a", { loss: Number.NaN }), 'loss of record "a" is NaN: the computation left the finite'],
    ["infinity in a list", c => c.record("a", { W: [[1], [1 / 0]] }), 'W of record "a"[1][0] is Infinity'],
    ["infinity in an object", c => c.record("a", { o: { x: -1 / 0 } }), 'x in o of record "a" is -Infinity'],
  ])("%s", (_, run, message) => {
    const error = errorOf(doing(run));
    expect(isLandauError(error, "diverged")).toBe(true);
    expect((error as Error).message).toContain("study walks, chain 0: ");
    expect((error as Error).message).toContain(message);
  });

  test.each<[string, (context: ProtocolContext) => void, string]>([
    ["a kind for no file name", c => c.record("a/b", {}), `a record's kind is "a/b"`],
    ["the kind of the closing line", c => c.record("done", {}), `a record's kind is "done"`],
    ["a field of the log's own", c => c.record("a", { chain: 1 }), `a record's field is "chain"`],
    ["a snapshot's name", c => c.snapshot("..", {}), `a snapshot's name is ".."`],
    [
      "a snapshot twice",
      c => {
        c.snapshot("s", {});
        c.snapshot("s", {});
      },
      "each is stored once",
    ],
    ["a shape", c => c.snapshot("s", { x: { shape: [2, 2], data: new Float64Array(3) } }), "needs 3 entries in all"],
  ])("%s", (_, run, message) => {
    const error = errorOf(doing(run));
    expect(isLandauError(error, "input")).toBe(true);
    expect((error as Error).message).toContain(message);
  });

  test.each<[string, () => unknown]>([
    ["a typed array", () => new Float64Array(1e15)],
    ["an array", () => new Array(-1)],
    ["a text", () => "x".repeat(2 ** 30)],
  ])("%s that no memory holds is a setting that is too large, not a fault of the program", (_, make) => {
    const error = errorOf(doing(() => void make()));
    expect(isLandauError(error, "input")).toBe(true);
    expect((error as Error).message).toMatch(
      /^study walks, chain 0: needs more memory than there can be: smaller settings need less \(/,
    );
  });

  test.each<[string, unknown]>([
    ["a typed array", Float64Array.of(1)],
    ["undefined", undefined],
    ["a function", () => 1],
    ["a date", new Date(0)],
  ])("%s is no JSON", (_, value) => {
    expect(String(errorOf(doing(context => context.record("a", { x: value as number }))))).toMatch(
      /TypeError: .*not JSON/,
    );
  });
});

test("cancelling ends a task at its next progress", () => {
  let asked = 0;
  const error = errorOf(fixture, { isCancelled: () => ++asked > 3 });
  expect(isLandauError(error, "cancelled")).toBe(true);
  expect(asked).toBe(4);
});
