import { describe, expect, test } from "vitest";
import { isLandauError } from "../../src/errors.ts";
import { completeSpec } from "../../src/lab/complete-spec.ts";
import { type Executor, inlineExecutor, type TaskHandlers } from "../../src/lab/executor.ts";
import { plan } from "../../src/lab/plan.ts";
import { poolExecutor } from "../../src/lab/pool.ts";
import { runInMemory } from "../../src/lab/run-in-memory.ts";
import type { Spec } from "../../src/lab/spec.ts";
import { serveTasks } from "../../src/lab/worker-loop.ts";
import type { RunMessage, WorkerMessage, WorkerPort } from "../../src/lab/worker-messages.ts";
import { systems } from "./fixture-system.ts";
import { fixtureThreads } from "./fixture-threads.ts";

const walks: Spec = {
  system: "fixture",
  seed: 3,
  studies: [
    { name: "many", protocol: "walk", chains: 7, settings: { steps: 9 } },
    { name: "chunked", protocol: "walk", chains: 7, chunk: 3, settings: { shape: "uniform" } },
  ],
};

const badly = (how: string, seed = 3): Spec => ({
  system: "fixture",
  seed,
  studies: [{ name: "bad", protocol: "bad", chains: 2, settings: { how } }],
});

/** Everything that comes out, task by task, with saved states at every step. */
const collect = async (spec: Spec, executor: Executor, signal?: AbortSignal) => {
  const out = new Map<number, string[]>();
  const note = (index: number, text: string) => out.set(index, [...(out.get(index) ?? []), text]);
  const handlers: TaskHandlers = {
    onLine: ({ index }, line) => note(index, line),
    onSnapshot: ({ index }, chain, name, arrays) =>
      note(
        index,
        `${chain} ${name} ${JSON.stringify(Object.entries(arrays).map(([key, { data }]) => [key, ...data]))}`,
      ),
    onState: ({ index }, { chain, lines }) => note(index, `saved ${chain} ${lines}`),
    onProgress: () => {},
    onDone: ({ index }) => note(index, "done"),
  };
  const tasks = plan(completeSpec(spec, systems), systems);
  await executor(
    tasks.map(task => ({ task })),
    handlers,
    { signal, saveEvery: 0 },
  );
  return tasks.map(({ index }) => out.get(index));
};

const errorOf = async (work: Promise<unknown>): Promise<Error> => {
  try {
    await work;
  } catch (error) {
    return error as Error;
  }
  throw new Error("did not reject");
};

/** A worker on the same thread, with what it was told and what became of it. */
const fakeWorkers = (respond?: (message: RunMessage, send: (message: WorkerMessage) => void) => void) => {
  const made: { told: RunMessage[]; terminated: boolean }[] = [];
  const makeWorker = (): WorkerPort => {
    const state = { told: [] as RunMessage[], terminated: false };
    made.push(state);
    let receive: (message: WorkerMessage) => void = () => {};
    let run: (message: RunMessage) => void = () => {};
    const send = (message: WorkerMessage) => {
      const copy = structuredClone(message);
      setTimeout(() => receive(copy));
    };
    const onMessage = (handler: typeof run) => {
      run = handler;
    };
    serveTasks({ post: send, onMessage }, name => systems[name]);
    return {
      post: message => {
        state.told.push(message);
        if (respond) respond(message, send);
        else run(structuredClone(message));
      },
      onMessage: handler => {
        receive = handler;
      },
      terminate: () => {
        state.terminated = true;
      },
    };
  };
  return { made, makeWorker };
};

describe("a pool", () => {
  test.each([1, 2, 5, 50])("of %i workers gives what one thread gives", async count => {
    const { made, makeWorker } = fakeWorkers();
    expect(await collect(walks, poolExecutor(makeWorker, count))).toEqual(
      await collect(walks, inlineExecutor(systems)),
    );
    expect(made.length).toBe(Math.min(count, 10));
    expect(made.every(({ terminated }) => terminated)).toBe(true);
  });

  test("gives the next task to whoever is free", async () => {
    // The first worker is not done with its first task before the other nine are.
    let finishFirst: (() => void) | undefined;
    let others = 0;
    const { made, makeWorker } = fakeWorkers((_, send) => {
      const finish = () => send({ type: "done" });
      if (!finishFirst) finishFirst = finish;
      else
        setTimeout(() => {
          if (++others === 9) finishFirst?.();
          finish();
        });
    });
    await collect(walks, poolExecutor(makeWorker, 2));
    expect(made.map(({ told }) => told.length)).toEqual([1, 9]);
  });

  test("with nothing to do makes no worker", async () => {
    const { made, makeWorker } = fakeWorkers();
    await poolExecutor(makeWorker, 4)([], {} as TaskHandlers);
    expect(made).toEqual([]);
  });

  test("of no workers is refused", async () => {
    const { makeWorker } = fakeWorkers();
    expect((await errorOf(collect(walks, poolExecutor(makeWorker, 0)))).message).toBe("workers is 0: needs at least 1");
  });

  test("names the task of a worker that died, and ends the others", async () => {
    const { made, makeWorker } = fakeWorkers(({ task }, send) => {
      if (task.from === 2) send({ type: "died", reason: "exit code 9" });
    });
    const error = await errorOf(collect(walks, poolExecutor(makeWorker, 3)));
    expect(error.message).toBe("task 2 (study many, chain 2): its worker died: exit code 9");
    expect(made.map(({ terminated }) => terminated)).toEqual([true, true, true]);
  });

  test("an error of a handler ends it all", async () => {
    const { made, makeWorker } = fakeWorkers();
    const handlers = {
      onLine: () => {
        throw new Error("the disk is full");
      },
      onSnapshot: () => {},
      onState: () => {},
      onProgress: () => {},
    } as unknown as TaskHandlers;
    const [task] = plan(completeSpec(walks, systems), systems);
    expect((await errorOf(poolExecutor(makeWorker, 2)([{ task }], handlers))).message).toBe("the disk is full");
    expect(made[0].terminated).toBe(true);
  });
});

const threads = fixtureThreads();

describe.each<[string, Executor]>([
  ["same thread", inlineExecutor(systems)],
  ["threads", (...words) => threads(2)(...words)],
])("%s", (_, executor) => {
  test("gives the results of the one-thread executor", async () => {
    expect(await collect(walks, executor)).toEqual(await collect(walks, inlineExecutor(systems)));
  });

  test("a LandauError arrives with its kind and message", async () => {
    const error = await errorOf(collect(badly("landau"), executor));
    expect(isLandauError(error, "diverged")).toBe(true);
    expect(error.message).toMatch(/^study bad, chain [01]: loss is Infinity at step 3$/);
  });

  test("a number that is not finite arrives as divergence, naming the field", async () => {
    const error = await errorOf(collect(badly("NaN"), executor));
    expect(isLandauError(error, "diverged")).toBe(true);
    expect(error.message).toMatch(/^study bad, chain [01]: loss of record "final"\[1\] is NaN/);
  });

  test("another error arrives as it is, no LandauError", async () => {
    const error = await errorOf(collect(badly("other"), executor));
    expect(isLandauError(error)).toBe(false);
    expect(error.message).toContain("not a function");
  });

  test("cancelled before it starts", async () => {
    const error = await errorOf(collect(walks, executor, AbortSignal.abort()));
    expect(isLandauError(error, "cancelled")).toBe(true);
  });
});

describe("threads", () => {
  test("are ended by cancelling in the middle of a task that never ends", async () => {
    const error = await errorOf(collect(badly("hang"), threads(2), AbortSignal.timeout(300)));
    expect(isLandauError(error, "cancelled")).toBe(true);
  });

  test("that exit are reported with their task", async () => {
    const error = await errorOf(collect(badly("hang", 666), threads(1)));
    expect(error.message).toBe("task 0 (study bad, chain 0): its worker died: exit code 3");
  });

  test("whose memory runs out name their task and what helps", async () => {
    const error = await errorOf(collect(badly("hang", 777), threads(1, { maxOldGenerationSizeMb: 30 })));
    expect(isLandauError(error, "input")).toBe(true);
    expect(error.message).toMatch(/^task 0 \(study bad, chain 0\): needs more memory than a worker may take: /);
  });
});

test("the same thread looks at the signal at every progress", async () => {
  const control = new AbortController();
  const executor: Executor = (assignments, handlers, options) =>
    inlineExecutor(systems)(assignments, { ...handlers, onProgress: () => control.abort() }, options);
  expect(isLandauError(await errorOf(collect(badly("hang"), executor, control.signal)), "cancelled")).toBe(true);
});

describe("in memory", () => {
  test("the content hash depends on the results, not on workers nor on how chains are cut into tasks", async () => {
    const hash = async (spec: Spec, executor = inlineExecutor(systems)) =>
      (await runInMemory(spec, { systems, executor })).contentHash;
    const cut = (chunk: number) => ({ ...walks, studies: walks.studies.map(study => ({ ...study, chunk })) });
    const whole = await hash(walks);
    expect(await hash(walks, poolExecutor(fakeWorkers().makeWorker, 3))).toBe(whole);
    expect(await hash(cut(7))).toBe(whole);
    expect(await hash(cut(2))).toBe(whole);
    expect(await hash({ ...walks, seed: 4 })).not.toBe(whole);
  });

  test("progress of each study ends with all its chains, records come in chain order", async () => {
    const done = new Map<string, number[]>();
    const { records, kinds } = await runInMemory(walks, {
      systems,
      executor: poolExecutor(fakeWorkers().makeWorker, 3),
      onProgress: (study, chains) => done.set(study, [...(done.get(study) ?? []), chains]),
    });
    expect([...done.values()].map(values => values.at(-1))).toEqual([7, 7]);
    for (const values of done.values()) expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(kinds("many")).toEqual(["step", "final"]);
    expect(records("chunked", "final").map(({ chain }) => chain)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(records("nothing", "final")).toEqual([]);
  });
});
