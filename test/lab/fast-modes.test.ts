import { describe, expect, test } from "vitest";
import { fastModesInUse } from "../../src/engine/fast-modes.ts";
import { relaxedKernelsAvailable } from "../../src/engine/kernels/kernels.ts";
import { LandauError } from "../../src/errors.ts";
import { completeSpec } from "../../src/lab/complete-spec.ts";
import { inlineExecutor } from "../../src/lab/executor.ts";
import { type FastModeName, fastModesText, portableFastModes } from "../../src/lab/fast-modes.ts";
import { plan } from "../../src/lab/plan.ts";
import { runInMemory } from "../../src/lab/run-in-memory.ts";
import { checkSpec, type Spec } from "../../src/lab/spec.ts";
import { parseSpec } from "../../src/lab/spec-text.ts";
import { serveTasks } from "../../src/lab/worker-loop.ts";
import type { RunMessage, WorkerMessage } from "../../src/lab/worker-messages.ts";
import { systems } from "./fixture-system.ts";

const spec = (fast?: unknown): Spec => ({
  system: "fixture",
  seed: 7,
  ...(fast !== undefined && { fast: fast as FastModeName[] }),
  studies: [{ name: "walks", protocol: "walk", chains: 2, settings: { steps: 2 } }],
});
const tasks = (fast?: unknown) => plan(completeSpec(checkSpec(spec(fast)), systems), systems);

describe("in a spec", () => {
  test("are read, put in order once each, and become part of tasks", () => {
    const text = `system = "fixture"\nseed = 7\nfast = ["blas", "relaxed", "blas"]\n[[studies]]\nname = "walks"\nprotocol = "walk"\nchains = 2\nsettings = { steps = 2 }\n`;
    const complete = completeSpec(parseSpec(text, "toml", "walks.toml").spec, systems);
    expect(complete.fast).toEqual(["relaxed", "blas"]);
    expect(plan(complete, systems).map(({ fast }) => fast)).toEqual([complete.fast, complete.fast]);
    expect(completeSpec(checkSpec(JSON.parse(JSON.stringify(complete))), systems)).toEqual(complete);
  });

  test("name other tasks than the deterministic mode, which is told by their absence", () => {
    const [plain] = tasks();
    expect("fast" in plain).toBe(false);
    expect(tasks([])).toEqual(tasks());
    const ids = [plain.id, ...[["relaxed"], ["blas"], ["relaxed", "blas"]].map(fast => tasks(fast)[0].id)];
    expect(new Set(ids).size).toBe(4);
  });

  test.each([
    [["blass"], 'fast[0] is "blass": needs one of relaxed, revectorize, blas, native-fma'],
    ["blas", 'fast is "blas": needs a list of fast modes'],
  ])("%j is refused", (fast, message) => {
    expect(() => checkSpec(spec(fast))).toThrow(new LandauError("spec", message));
  });
});

test("a run says whether they change bits", () => {
  expect(fastModesText(["relaxed", "blas"])).toBe("relaxed, blas: other bits than the deterministic mode");
  expect(fastModesText(["revectorize"])).toBe("revectorize: the bits of the deterministic mode");
});

describe("without Node", () => {
  test.each(["revectorize", "blas"] as const)("%s is refused", name => {
    expect(() => portableFastModes(["relaxed", name])).toThrow(
      new LandauError("input", `fast mode ${name} needs Node: here there is only relaxed`),
    );
  });

  test("relaxed is there where the engine has it", () => {
    if (relaxedKernelsAvailable()) expect(portableFastModes(["relaxed"])).toEqual({ relaxed: true });
    else expect(() => portableFastModes(["relaxed"])).toThrow(/^fast mode relaxed needs a JavaScript engine/);
    expect(portableFastModes([])).toEqual({ relaxed: false });
  });

  test("a worker refuses the task", async () => {
    const sent: WorkerMessage[] = [];
    let receive: (message: RunMessage) => unknown = () => {};
    serveTasks(
      {
        post: message => sent.push(message),
        onMessage: handler => {
          receive = handler;
        },
      },
      name => systems[name],
    );
    await receive({ task: tasks(["blas"])[0], saveEvery: 1000 });
    expect(sent).toMatchObject([{ type: "failed", error: { kind: "input", message: /fast mode blas needs Node/ } }]);
  });
});

test("the executor of the calling thread turns them on for its tasks and off after them", async () => {
  const replaceKernels = () => ({});
  const during: unknown[] = [];
  const { walk } = systems.fixture.protocols;
  const watching = {
    ...systems.fixture,
    protocols: {
      ...systems.fixture.protocols,
      walk: {
        ...walk,
        run(...call: Parameters<typeof walk.run>) {
          during.push(fastModesInUse());
          walk.run(...call);
        },
      },
    },
  };
  const own = { fixture: watching };
  const executor = inlineExecutor(own, names => (names.length > 0 ? { replaceKernels } : {}));
  const fast = await runInMemory(spec(["blas"]), { systems: own, executor });
  expect(fast.spec.fast).toEqual(["blas"]);
  expect(fastModesInUse()).toEqual({});
  await runInMemory(spec(), { systems: own, executor });
  expect(during).toEqual([{ replaceKernels }, { replaceKernels }, {}, {}]);
});
