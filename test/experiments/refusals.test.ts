import { describe, expect, test } from "vitest";
import type { Tracer } from "../../src/engine/graph/tracer.ts";
import { type Inputs, type ModelOutput, model } from "../../src/engine/model.ts";
import type { Data } from "../../src/experiments/data.ts";
import type { Experiment } from "../../src/experiments/experiment.ts";
import { objective } from "../../src/experiments/objective.ts";
import { train, trainEnsemble } from "../../src/experiments/train.ts";
import { adam } from "../../src/learning/adam.ts";
import { gradientDescent } from "../../src/learning/gradient-descent.ts";
import { heavyBall } from "../../src/learning/heavy-ball.ts";
import { cosineDecay } from "../../src/learning/schedules.ts";
import { messageOf } from "../support/message-of.ts";

const fine: Experiment = {
  model: model((m, { x, y }) => m.squaredError(m.linear("out", x, 1), y)),
  data: {
    x: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    y: [[1], [2], [3]],
  },
  optimiser: gradientDescent({ stepSize: 0.1 }),
  steps: 3,
};
const withModel = (define: (m: Tracer, inputs: Inputs) => unknown, data = fine.data): Experiment => ({
  ...fine,
  model: model(define as (m: Tracer, inputs: Inputs) => ModelOutput),
  data,
});

test("the experiment that is spoiled below is fine", () => {
  expect(train(fine).loss.length).toBe(3);
});

describe("a model", () => {
  const HERE = "refusals\\.test\\.ts:\\d+:\\d+";
  test.each<[string, (m: Tracer, inputs: Inputs) => unknown, string]>([
    [
      "with shapes that do not fit names operation, shapes and line",
      (m, { x, y }) => m.squaredError(m.matmul(x, m.parameter("W", [3, 1])), y),
      `^matmul of \\[3, 2\\] and \\[3, 1\\] at ${HERE}: the first has 2 columns, the second 3 rows$`,
    ],
    [
      "whose loss is no single number",
      (m, { x, y }) => m.square(m.sub(m.linear("out", x, 1), y)),
      "^the loss has shape \\[3, 1\\]: needs a single number; mean or sum makes one$",
    ],
    ["without a loss", (m, { x, y }) => void m.squaredError(m.linear("out", x, 1), y), "^the model returns no loss: "],
    [
      "that reads what is not there",
      (m, { x, z }) => m.squaredError(m.linear("out", x, 1), z),
      "^the model reads z, but the data have x, y$",
    ],
    [
      "that leaves data unread",
      (m, { x }) => m.mean(m.linear("out", x, 1)),
      "^the data have y, but the model reads x: leave out what it does not read$",
    ],
    [
      "that reads a name every object has",
      (m, { x, y, toString: z }) => m.squaredError(m.linear("out", x, 1), m.add(y, z as never)),
      "^the model reads toString, but the data have x, y$",
    ],
    [
      "without parameters",
      (m, { x, y }) => m.squaredError(m.sum(x, 1), m.sum(y, 1)),
      "^the model declares no parameter: nothing to train$",
    ],
    [
      "with a parameter named like data",
      (m, { x, y }) => m.squaredError(m.matmul(x, m.parameter("x", [2, 1])), y),
      '^the name of (a parameter|an input) is "x": needs to be new: parameters, inputs and outputs share one list of names$',
    ],
    [
      "that returns indices",
      (m, { x, y }) => ({ loss: m.squaredError(m.linear("out", x, 1), y), rows: m.indices([1, 2]) }),
      "^the model returns rows, an index array: convert makes real numbers of it$",
    ],
  ])("%s", (_, define, message) => {
    expect(messageOf(() => train(withModel(define)))).toMatch(new RegExp(message));
  });

  test("in an objective, too", () => {
    const { model: net } = withModel((m, { x }) => m.matmul(x, m.parameter("W", [2, 1])));
    expect(messageOf(() => objective(net, fine.data))).toContain("the loss has shape [3, 1]");
  });

  test("in evaluations on other data, too", () => {
    const trained = train(fine);
    expect(messageOf(() => trained.evaluate({ x: [[1, 2, 3]], y: [[1]] }))).toBe(
      "parameter out.weight has shape [2, 1]: on these data the model needs [3, 1]",
    );
    expect(messageOf(() => trained.evaluate({ x: [[1, 2]] }))).toBe("the model reads y, but the data have x");
  });
});

describe("indices", () => {
  const lookup = (define: (m: Tracer, inputs: Inputs) => unknown, token: number[]) =>
    withModel(define, { token: Int32Array.from(token) });
  const embed = (m: Tracer, { token }: Inputs) => m.sum(m.gather(m.parameter("E", [4, 2]), token));
  const classify = (m: Tracer, { token }: Inputs) => m.crossEntropy(m.broadcast(m.parameter("b", [4]), [3, 4]), token);
  test.each<[string, Experiment]>([
    ["of a table", lookup(embed, [0, 3, 4])],
    ["of classes", lookup(classify, [0, 3, 4])],
    [
      "of classes in a minibatch",
      {
        ...lookup((m, { token }) => m.crossEntropy(m.broadcast(m.parameter("b", [4]), [2, 4]), token), [0, 3, 4]),
        batch: 2,
      },
    ],
  ])("out of the range %s", (_, experiment) => {
    expect(messageOf(() => train(experiment))).toBe("token[2] is 4: needs an integer from 0 to 3");
  });
  test("below 0", () => {
    expect(messageOf(() => train(lookup(classify, [0, -1, 2])))).toBe("token[1] is -1: needs an integer from 0 to 3");
  });
  test("of constants", () => {
    const constant = withModel((m, { x, y }) => {
      const classes = m.oneHot(m.indices([0, 7]), 4);
      return m.add(m.squaredError(m.linear("out", x, 1), y), m.sum(classes));
    });
    expect(messageOf(() => train(constant))).toMatch(
      /^convert at refusals\.test\.ts:\d+:\d+: index 1 is 7, there are 4 classes$/,
    );
  });
  test("that are real numbers", () => {
    const real = withModel((m, { x }) => m.sum(m.gather(m.parameter("E", [4, 2]), x)), { x: [0, 1, 2] });
    expect(messageOf(() => train(real))).toMatch(
      /^gather of \[4, 2\] and \[3\] at refusals\.test\.ts:\d+:\d+: the second must be an index array/,
    );
  });
});

describe("an experiment", () => {
  test.each<[string, unknown, string]>([
    ["undefined", undefined, "the experiment is undefined: needs an object { model, data, optimiser, steps }"],
    ["no model", { ...fine, model: undefined }, "model is undefined: needs what model((m, inputs) => ...) returns"],
    ["a bare function", { ...fine, model: () => 0 }, "model is () => 0: needs what model((m, inputs) => ...) returns"],
    ["no data", { ...fine, data: undefined }, "data is undefined: needs an object of arrays by name"],
    ["empty data", { ...fine, data: {} }, "data is {}: needs at least one array"],
    ["no optimiser", { ...fine, optimiser: undefined }, "optimiser is undefined: needs an optimiser such as adam("],
    [
      "a bare step size",
      { ...fine, optimiser: { stepSize: 0.1 } },
      'optimiser is {"stepSize":0.1}: needs one such as adam({ stepSize: 1e-3 }), or a list of { parameters, optimiser }',
    ],
    ["no steps", { ...fine, steps: undefined }, "steps is undefined: needs a whole number from 1"],
    ["half a step", { ...fine, steps: 1.5 }, "steps is 1.5: needs a whole number from 1"],
    ["more steps than memory", { ...fine, steps: 1e15 }, "the losses of 1000000000000000 steps of 1 chains need"],
    ["no batch", { ...fine, batch: 0 }, "batch is 0: needs a whole number from 1 to the number of samples, 3"],
    ["too large a batch", { ...fine, batch: 4 }, "batch is 4: needs a whole number from 1 to the number of samples, 3"],
    ["half a sample", { ...fine, batch: 1.5 }, "batch is 1.5: needs a whole number"],
    ["a precision there is not", { ...fine, precision: "f16" }, 'precision is "f16": needs "f32" or "f64"'],
    ["a bound below 0", { ...fine, clip: { norm: -1 } }, "clip.norm is -1: needs a positive number"],
    ["checkpoints in no list", { ...fine, checkpoints: 10 }, "checkpoints is 10: needs a list of steps"],
    ["half a checkpoint", { ...fine, checkpoints: [1, 1.5] }, "checkpoints[1] is 1.5: needs a whole number from 0"],
    ["a checkpoint before the start", { ...fine, checkpoints: [-1] }, "checkpoints[0] is -1: needs a whole number"],
    [
      "a field mistyped",
      { ...fine, batchSize: 2 },
      "the experiment has batchSize, which is none of model, data, optimiser, steps, batch, clip, precision, test, checkpoints",
    ],
    ["ragged test data", { ...fine, test: { x: [[1, 2], [3]], y: [[1]] } }, "test: x[1] has shape [1], x[0] has [2]"],
  ])("with %s", (_, experiment, message) => {
    expect(messageOf(() => train(experiment as Experiment))).toContain(message);
  });

  test.each<[string, Parameters<typeof trainEnsemble>[1], string]>([
    ["no chains", { chains: 0 }, "chains is 0: needs a whole number from 1 to 1000000"],
    ["half a chain", { chains: 1.5 }, "chains is 1.5: needs a whole number from 1 to 1000000"],
    ["too many chains", { chains: 1e9 }, "chains is 1000000000: needs a whole number from 1 to 1000000"],
    ["a negative seed", { chains: 1, seed: -1 }, "seed is -1: needs a whole number from 0"],
    ["a seed that is no whole number", { chains: 1, seed: 0.5 }, "seed is 0.5: needs a whole number from 0"],
  ])("with %s", (_, options, message) => {
    expect(messageOf(() => trainEnsemble(fine, options))).toBe(message);
  });

  test("of more memory than there is says how much it needs, and what to change", () => {
    const huge = withModel((m, { x, y }) => {
      const hidden = m.linear("hidden", x, 40_000);
      return m.squaredError(m.linear("out", m.tanh(m.linear("middle", hidden, 20_000)), 1), y);
    });
    expect(messageOf(() => train(huge))).toMatch(
      /^the program needs \d{4,} MiB for 1 chains and 3 steps a call, more than there is: take fewer chains or smaller batches$/,
    );
    const large = withModel((m, { x, y }) => m.squaredError(m.linear("out", m.linear("hidden", x, 4000), 1), y));
    expect(messageOf(() => trainEnsemble(large, { chains: 1_000_000 }))).toMatch(
      /^the program needs \d{5,} MiB for 1000000 chains and 1 steps a call, more than there is/,
    );
  });
});

describe("optimisers", () => {
  test.each<[string, () => unknown, string]>([
    ["a step size below 0", () => adam({ stepSize: -1 }), "stepSize is -1: needs a positive number"],
    [
      "a step size by its earlier name",
      () => gradientDescent({ rate: 0.1 } as never),
      "stepSize is undefined: needs a positive number, or a schedule; its earlier name was rate",
    ],
    ["a memory of 1", () => adam({ stepSize: 1, beta1: 1 }), "beta1 is 1: needs a number in [0, 1)"],
    ["a momentum of 1", () => heavyBall({ stepSize: 1, momentum: 1 }), "momentum is 1: needs a number in [0, 1)"],
    ["decay below 0", () => adam({ stepSize: 1, weightDecay: -1 }), "weightDecay is -1: needs a number from 0"],
    [
      "l2 that is no number",
      () => gradientDescent({ stepSize: 1, l2: Number.NaN }),
      "l2 is NaN: needs a number from 0",
    ],
    ["a schedule of no steps", () => cosineDecay({ stepSize: 1, steps: 0 }), "steps is 0: needs a whole number from 1"],
  ])("with %s", (_, act, message) => {
    expect(messageOf(act)).toBe(message);
  });

  const some = gradientDescent({ stepSize: 0.1 });
  test.each<[string, Experiment["optimiser"], string]>([
    [
      "for a group that is not there",
      [
        { parameters: "hidden.*", optimiser: some },
        { parameters: "*", optimiser: some },
      ],
      'parameters of a group is "hidden.*": needs a name or pattern of the parameter arrays: out.weight, out.bias',
    ],
    [
      "that leave an array without one",
      [{ parameters: "out.weight", optimiser: some }],
      'optimiser is ["out.weight"]: needs a group for the parameter array out.bias, or a last one for "*"',
    ],
    ["for no group at all", [], "optimiser is []: needs a group for the parameter array out.weight"],
    ["of a group without one", [{ parameters: "*" } as never], "optimiser is undefined: needs one such as adam("],
  ])("%s", (_, optimiser, message) => {
    expect(messageOf(() => train({ ...fine, optimiser }))).toContain(message);
  });

  test("whose schedule goes below 0 end the run at that step", () => {
    const falling = { name: "falling", settings: {}, at: (step: number) => 0.1 - 0.06 * step };
    expect(messageOf(() => train({ ...fine, optimiser: gradientDescent({ stepSize: falling }) }))).toMatch(
      /^stepSize at step 2 of falling is -0\.01\d*: needs a number from 0$/,
    );
  });
});

test("samples that differ in number between arrays", () => {
  const data: Data = { x: [[1, 2]], y: [[1], [2]] };
  expect(messageOf(() => train({ ...fine, data }))).toBe(
    "data: y has 2 samples, x has 1: all arrays need the same number",
  );
});
