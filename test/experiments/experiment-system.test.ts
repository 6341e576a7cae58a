import { describe, expect, test } from "vitest";
import type { Protocol } from "../../src/contracts/protocol.ts";
import { model } from "../../src/engine/model.ts";
import type { Experiment } from "../../src/experiments/experiment.ts";
import { experimentSystem } from "../../src/experiments/experiment-system.ts";
import { trainEnsemble } from "../../src/experiments/train.ts";
import { inlineExecutor } from "../../src/lab/executor.ts";
import { runInMemory } from "../../src/lab/run-in-memory.ts";
import type { Spec } from "../../src/lab/spec.ts";
import { adam } from "../../src/learning/adam.ts";
import { stream } from "../../src/numerics/stream.ts";

const random = stream({ seed: 1, purpose: "data" });
const sample = () => [random.normal(), random.normal()];
const table = (length: number) => {
  const x = Array.from({ length }, sample);
  return { x, label: Int32Array.from(x, ([a, b]) => (a * b > 0 ? 1 : 0)) };
};
const experiment: Experiment = {
  model: model((m, { x, label }) => {
    const logits = m.linear("out", m.tanh(m.linear("in", x, 5)), 2);
    return { loss: m.crossEntropy(logits, label), accuracy: m.accuracy(logits, label), logits };
  }),
  data: table(60),
  test: table(20),
  optimiser: adam({ stepSize: 0.02 }),
  steps: 30,
  batch: 10,
  checkpoints: [0, 5, 20],
};
const SOURCE = "0123456789abcdef";
const systemOf = (change: Partial<Experiment> = {}) => experimentSystem("mine", { ...experiment, ...change }, SOURCE);

const runOf = (change: Partial<Experiment> = {}, study: Partial<Spec["studies"][number]> = {}) => {
  const systems = { mine: systemOf(change) };
  const studies = [{ name: "train", protocol: "train", chains: 3, chunk: 2, settings: {}, ...study }];
  return runInMemory({ system: "mine", seed: 7, studies }, { systems, executor: inlineExecutor(systems) });
};

/** Chains 0 and 1 train together, chain 2 alone: the values of training and of a run are compared as they are cut. */
const trained = (change: Partial<Experiment> = {}) => {
  const seen: { [place: string]: { loss: number; accuracy: number } } = {};
  const own = { ...experiment, ...change };
  for (const data of ["data", "test"] as const)
    trainEnsemble(
      { ...own, test: own[data] },
      {
        chains: 3,
        seed: 7,
        visit({ chain, step, evaluate }) {
          const { loss, outputs } = evaluate();
          seen[`${chain} ${step} ${data}`] = { loss, accuracy: outputs.accuracy.data[0] };
        },
      },
    );
  return { seen, members: trainEnsemble(own, { chains: 3, seed: 7 }) };
};

describe("a run of an experiment", () => {
  test("records the loss and every single number at checkpoints, on training and on test data", async () => {
    const run = await runOf();
    const { seen, members } = trained();
    const expected = [0, 1, 2].flatMap(chain =>
      [0, 5, 20, 30].map(step => ({
        kind: "checkpoint",
        chain,
        step,
        ...(step > 0 && { batchLoss: members[chain].loss[step - 1] }),
        ...seen[`${chain} ${step} data`],
        testLoss: seen[`${chain} ${step} test`].loss,
        testAccuracy: seen[`${chain} ${step} test`].accuracy,
      })),
    );
    expect(run.records("train", "checkpoint")).toEqual(expected);
    expect(run.records("train", "final")).toEqual(
      expected.filter(({ step }) => step === 30).map(({ batchLoss: _, ...rest }) => ({ ...rest, kind: "final" })),
    );
  });

  test("without test data has only the training data's", async () => {
    const run = await runOf({ test: undefined });
    const [first] = run.records("train", "checkpoint");
    expect(Object.keys(first)).toEqual(["kind", "chain", "step", "loss", "accuracy"]);
  });

  test("takes other steps and batches from the spec", async () => {
    const run = await runOf({}, { settings: { steps: 12, batch: 20 } });
    const { seen } = trained({ steps: 12, batch: 20 });
    expect(run.records("train", "checkpoint").map(({ step }) => step)).toEqual([0, 5, 12, 0, 5, 12, 0, 5, 12]);
    expect(run.records("train", "final").map(({ loss }) => loss)).toEqual(
      [0, 1, 2].map(chain => seen[`${chain} 12 data`].loss),
    );
  });

  test("goes on from a state saved between two checkpoints with the same records", () => {
    const { train } = systemOf({ steps: 3000, checkpoints: [2500] }).protocols;
    const settings = { steps: 3000, batch: 10, source: SOURCE };
    type Context = Parameters<NonNullable<Protocol["runTogether"]>>[1];
    const drive = (saved: Context["saved"]) => {
      const [lines, states]: [string[], { lines: number; state: NonNullable<Context["saved"]> }[]] = [[], []];
      train.runTogether!(
        { settings, seed: 7, from: 1, to: 3 },
        {
          saved,
          record: (...all) => void lines.push(JSON.stringify(all)),
          snapshot: (chain, name, arrays) =>
            void lines.push(JSON.stringify([chain, name, Object.values(arrays).map(({ data }) => [...data])])),
          save: state => void states.push({ lines: lines.length, state: structuredClone(state()) }),
          progress: () => {},
        },
      );
      return { lines, states };
    };
    const whole = drive(undefined);
    expect(whole.states.map(({ state }) => state.step)).toEqual([1024, 2048, 2500, 3000]);
    for (const { lines, state } of whole.states) expect(drive(state).lines).toEqual(whole.lines.slice(lines));
  });

  test("shows its knobs: steps, and the batch when there is one", () => {
    expect(Object.keys(systemOf().protocols.train.settings)).toEqual(["steps", "source", "batch"]);
    expect(Object.keys(systemOf({ batch: undefined }).protocols.train.settings)).toEqual(["steps", "source"]);
    expect(systemOf().protocols.train.settings.batch).toMatchObject({ default: 10, min: 1, max: 60 });
  });
});

describe("what is wrong is reported before a run begins", () => {
  const refusal = (change: Partial<Experiment>, settings = {}) =>
    runOf(change, { settings }).then(
      () => undefined,
      (error: Error) => error.message,
    );
  const returning = (name: string) =>
    model((m, { x, label }) => {
      const logits = m.linear("out", x, 2);
      return { loss: m.crossEntropy(logits, label), [name]: m.accuracy(logits, label) };
    });
  test.each<[string, Partial<Experiment>, object, string]>([
    [
      "a batch larger than the samples",
      {},
      { batch: 61 },
      "studies[0].settings.batch is 61: needs a whole number between 1 and 60",
    ],
    ["no steps", {}, { steps: 0 }, "studies[0].settings.steps is 0: needs a whole number between 1"],
    ["a setting there is not", {}, { rate: 1 }, 'unknown setting "rate"'],
    ["another file", {}, { source: "fedcba9876543210" }, "studies[0].settings.source is"],
    [
      "wrong shapes",
      { test: { x: [[1]], label: Int32Array.of(0) } },
      {},
      "test data: parameter in.weight has shape [2, 5]",
    ],
    ["an output named like a field", { model: returning("step") }, {}, "the model returns step: needs another name"],
    [
      "an output named like test data",
      { model: returning("testLoss") },
      {},
      "the model returns testLoss: needs another",
    ],
    [
      "an output whose name makes no file name",
      { model: returning("../accuracy") },
      {},
      'the name of a number that the model returns is "../accuracy": needs letters, digits, - or _, and first a letter',
    ],
    [
      "an index out of range",
      { data: { x: [[1, 2]], label: Int32Array.of(2) }, batch: undefined },
      {},
      "label[0] is 2: needs an integer from 0 to 1",
    ],
  ])("%s", async (_, change, settings, message) => {
    expect(await refusal(change, settings)).toContain(message);
  });
});
