import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RunRecord, Settings } from "../../src/contracts/index.ts";
import { isLandauError } from "../../src/errors.ts";
import { completeSpec } from "../../src/lab/complete-spec.ts";
import { inlineExecutor } from "../../src/lab/executor.ts";
import { plan, runInRounds } from "../../src/lab/plan.ts";
import { runInMemory } from "../../src/lab/run-in-memory.ts";
import type { Spec } from "../../src/lab/spec.ts";
import { type Task, taskName } from "../../src/lab/tasks.ts";
import { systems } from "./fixture-system.ts";

const specOf = (chunk: number): Spec => ({
  system: "fixture",
  seed: 2,
  studies: [
    { name: "grid", protocol: "grid", chains: 3, chunk, settings: { steps: 2 } },
    { name: "walks", protocol: "walk", chains: 2, chunk, settings: { steps: 2 } },
    { name: "hunt", protocol: "hunt", chains: 3, chunk, settings: {} },
  ],
});

/** All tasks of a spec in their rounds, with their records. */
const whole = async (chunk: number) => {
  const spec = completeSpec(specOf(chunk), systems);
  const records = new Map<string, RunRecord[]>();
  const key = ({ index, id }: Task) => `${index} ${id}`;
  const rounds: (readonly Task[])[] = [];
  const tasks = await runInRounds(
    spec,
    systems,
    task => records.get(key(task)),
    round => {
      rounds.push(round);
      for (const task of round) records.set(key(task), []);
      const assignments = round.map(task => ({ task }));
      return inlineExecutor(systems)(assignments, {
        onLine: (task, line) => records.get(key(task))!.push(JSON.parse(line)),
        onSnapshot: () => {},
        onState: () => {},
        onProgress: () => {},
        onDone: () => {},
      });
    },
  );
  return { spec, rounds, tasks, recordsOf: (task: Task) => records.get(key(task)) };
};

const shown = (tasks: readonly Task[]) => tasks.map(({ study, from, to, piece }) => [study, from, to, piece]);

describe("a plan", () => {
  test("has a first round that follows from the spec, with one task for the chains of a chunk that plan the same", () => {
    const tasks = plan(completeSpec(specOf(2), systems), systems);
    expect(shown(tasks)).toEqual([
      ...[1, 2, 3].map(scale => ["grid", 0, 2, { scale }]),
      ...[1, 2, 3].map(scale => ["grid", 2, 3, { scale }]),
      ["walks", 0, 2, undefined],
      ...[-8, 8].map(at => ["hunt", 0, 2, { at }]),
      ...[-8, 8].map(at => ["hunt", 2, 3, { at }]),
    ]);
    expect(tasks.map(({ index }) => index)).toEqual(tasks.map((_, i) => i));
    expect("piece" in tasks[6]).toBe(false);
    expect(taskName(tasks[0])).toBe('task 0 (study grid, chains 0 to 1, piece {"scale":1})');
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
  });

  test("goes on chain by chain where chains differ, and each as long as it has pieces", async () => {
    const { rounds, tasks } = await whole(3);
    expect(rounds.flat()).toEqual(tasks);
    const hunts = rounds.map(round => round.filter(({ study }) => study === "hunt"));
    expect(hunts.map(round => round.length)).toEqual([2, 1, 3, 3, 1]);
    expect(shown(hunts[1])).toEqual([["hunt", 0, 3, { at: 0 }]]);
    expect(new Set(hunts[2].map(({ piece }) => piece?.at))).toEqual(new Set([-4, 4]));
    expect(hunts[2].map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    // Chain 1 halves once more.
    expect(hunts.at(-1)!.map(({ from, to }) => [from, to])).toEqual([[1, 2]]);
    expect(rounds.map(round => round.filter(({ study }) => study === "walks").length)).toEqual([1, 0, 0, 0, 0]);
  });

  test("with any records missing is the beginning of the whole plan, up to the first round that is not finished", async () => {
    const { spec, rounds, tasks, recordsOf } = await whole(2);
    expect(plan(spec, systems, recordsOf)).toEqual(tasks);
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(tasks.length - 1), { maxLength: 3 }), missing => {
        const firstOpen = rounds.findIndex(round => round.some(({ index }) => missing.includes(index)));
        const known = firstOpen < 0 ? rounds : rounds.slice(0, firstOpen + 1);
        const found = plan(spec, systems, task => (missing.includes(task.index) ? undefined : recordsOf(task)));
        expect(found).toEqual(known.flat());
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  test("looks at no records of tasks without a piece", async () => {
    const { spec, tasks, recordsOf } = await whole(2);
    expect(plan(spec, systems, task => (recordsOf(task) && task.piece ? recordsOf(task) : []))).toEqual(tasks);
  });
});

test("the content does not depend on how chains are cut into chunks; records come by chain, then by round, then by piece", async () => {
  const runs = await Promise.all(
    [1, 2, 3].map(chunk => runInMemory(specOf(chunk), { systems, executor: inlineExecutor(systems) })),
  );
  expect(new Set(runs.map(({ contentHash }) => contentHash)).size).toBe(1);
  for (const { records, kinds } of runs) {
    expect(kinds("grid")).toEqual(["step", "final", "count"]);
    expect(records("grid", "final").map(({ chain }) => chain)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
    expect(records("grid", "count").map(({ chain, far }) => [chain, far])).toEqual(
      [0, 1, 2].map(chain => [chain, records("grid", "final").filter(one => one.chain === chain && one.far).length]),
    );
    const trials = records("hunt", "trial").filter(({ chain }) => chain === 1);
    expect(trials.slice(0, 3).map(({ at }) => at)).toEqual([-8, 8, 0]);
    const final = records("hunt", "final")[1];
    expect((final.upper as number) - (final.lower as number)).toBe(16 / 2 ** (trials.length - 2));
  }
});

describe("a plan that goes wrong", () => {
  const errorOf = (settings: Settings): unknown => {
    const studies = [{ name: "h", protocol: "hunt", chains: 2, settings }];
    try {
      plan(completeSpec({ system: "fixture", seed: 1, studies }, systems), systems);
    } catch (error) {
      return error;
    }
    throw new Error("did not throw");
  };
  test("with a number that is not finite names it", () => {
    const error = errorOf({ fault: "NaN" });
    expect(isLandauError(error, "diverged")).toBe(true);
    expect((error as Error).message).toBe(
      "study h, chain 0: at in a piece is NaN: the computation left the finite numbers",
    );
  });
  test("with an error of its own keeps the kind and names the chain", () => {
    const error = errorOf({ fault: "landau" });
    expect(isLandauError(error, "input")).toBe(true);
    expect((error as Error).message).toBe("study h, chain 0: halvings is 2: needs something else");
  });
  test("without a first piece is refused", () => {
    expect((errorOf({ fault: "empty" }) as Error).message).toBe(
      "study h, chain 0: protocol hunt plans no piece in round 0",
    );
  });
});
