import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { model } from "../../../src/engine/model.ts";
import { experimentSystem } from "../../../src/experiments/experiment-system.ts";
import { inlineExecutor } from "../../../src/lab/executor.ts";
import { resumeRun, startRun } from "../../../src/lab/node/run.ts";
import type { Spec } from "../../../src/lab/spec.ts";
import { adam } from "../../../src/learning/adam.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { killedAfter, optionsFor, recordsOf, temporaryFolder } from "./run-fixture.ts";

const root = temporaryFolder();

const random = stream({ seed: 1, purpose: "data" });
const x = Array.from({ length: 40 }, () => [random.normal(), random.normal()]);
const mine = experimentSystem(
  "mine",
  {
    // With noise of its own, so that a wrong chain or step would show.
    model: model((m, { x, y }) => {
      const hidden = m.tanh(m.add(m.linear("in", x, 4), m.mul(0.01, m.normal([4]))));
      return m.squaredError(m.linear("out", hidden, 1), y);
    }),
    data: { x, y: x.map(([a, b]) => [a * b]) },
    optimiser: adam({ stepSize: 0.02 }),
    steps: 30,
    batch: 9,
    checkpoints: [0, 10, 20],
  },
  "0123456789abcdef",
);
const systems = { mine };
const spec: Spec = {
  system: "mine",
  seed: 4,
  studies: [{ name: "train", protocol: "train", chains: 3, chunk: 2, settings: {} }],
};
const options = (folder: string) => optionsFor(folder, { spec, systems, executor: inlineExecutor(systems) });

describe("a run of an experiment, killed and resumed, ends with the same bytes", () => {
  test("after every third of its results, with the saved state and without in turn", async () => {
    const whole = await startRun(options(join(root.path, "whole")));
    const records = recordsOf(whole.path);
    // Per member: four checkpoints, a final record, two snapshots. Per task: four states, and its end.
    const results = 3 * (4 + 1 + 2) + 2 * (4 + 1);
    let states = 0;
    for (let count = 0; count < results; count += 3) {
      const folder = join(root.path, `killed-${count}`);
      const path = await killedAfter(folder, count, spec, systems);
      const saved = readdirSync(join(path, "tasks")).filter(name => name.endsWith(".state"));
      states += saved.length;
      if (count % 2 === 1) for (const name of saved) rmSync(join(path, "tasks", name));
      const run = await resumeRun("last", options(folder));
      expect(recordsOf(run.path)).toEqual(records);
      expect(run.contentHash).toBe(whole.contentHash);
    }
    expect(states).toBeGreaterThan(results / 6);
  });
});

test("the order in which its tasks run does not matter", async () => {
  const backwards = await startRun({
    ...options(join(root.path, "backwards")),
    executor: (assignments, ...rest) => inlineExecutor(systems)([...assignments].reverse(), ...rest),
  });
  const forwards = await startRun(options(join(root.path, "forwards")));
  expect(recordsOf(backwards.path)).toEqual(recordsOf(forwards.path));
  expect(backwards.contentHash).toBe(forwards.contentHash);
});
