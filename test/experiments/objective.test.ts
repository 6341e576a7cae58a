import { describe, expect, test } from "vitest";
import { gradients } from "../../src/engine/derive/derivatives.ts";
import { ops } from "../../src/engine/graph/ops.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { model } from "../../src/engine/model.ts";
import { type Data, dataset } from "../../src/experiments/data.ts";
import { objective } from "../../src/experiments/objective.ts";
import { dataInputs } from "../../src/experiments/step-program.ts";
import { train } from "../../src/experiments/train.ts";
import { descend } from "../../src/learning/descend.ts";
import { gradientDescent } from "../../src/learning/gradient-descent.ts";
import { fullBatch, minibatches } from "../../src/learning/gradients.ts";
import { stream } from "../../src/numerics/stream.ts";
import { bigram, type PlainModel, perceptron, type Values } from "./plain-models.ts";

const scenes: [string, PlainModel][] = [
  ["a loop over samples", perceptron(3, 37)],
  ["products of matrices", perceptron(40, 37)],
  ["lookups", bigram(7, 4, 9, 50)],
];

const pointOf = (size: number, step: number): Float64Array => {
  const w = new Float64Array(size);
  stream({ seed: 3, purpose: "point", step }).normals(w);
  return w.map(value => 0.7 * value);
};

/** The flat vector by the names of its arrays. */
const split = ({ parameters }: ReturnType<typeof objective>, w: Float64Array): Values =>
  Object.fromEntries(
    parameters.map(({ name, shape, offset }) => [
      name,
      w.subarray(offset, offset + shape.reduce((product, length) => product * length, 1)),
    ]),
  );

const relative = (found: ArrayLike<number>, expected: ArrayLike<number>): number => {
  const size = Math.max(...Array.from(expected, Math.abs));
  return Math.max(...Array.from(expected, (value, i) => Math.abs(value - found[i]) / size));
};

describe.each(scenes)("the objective of %s", (_, plain) => {
  const own = objective(plain.model, plain.data);
  const points = [0, 1, 2].map(step => pointOf(own.size, step));
  const gradient = new Float64Array(own.size);

  test("lists its arrays in the order of their declaration, one behind the other", () => {
    let end = 0;
    for (const { offset, shape } of own.parameters) {
      expect(offset).toBe(end);
      end += shape.reduce((product, length) => product * length, 1);
    }
    expect(own.size).toBe(end);
    expect(own.samples).toBe(plain.samples);
  });

  test("has the loss and gradient of the loops over numbers", () => {
    const all = Int32Array.from({ length: plain.samples }, (_, i) => i);
    for (const w of points) {
      const expected = new Float64Array(own.size);
      const loss = plain.lossAndGradient(split(own, w), all, split(own, expected));
      expect(Math.abs(own.loss(w) / loss - 1)).toBeLessThan(1e-13);
      expect(own.lossAndGradient(w, gradient)).toBe(own.loss(w));
      expect(relative(gradient, expected)).toBeLessThan(1e-13);
    }
  });

  test("has the gradient that central differences of its loss show", () => {
    const [w] = points;
    own.lossAndGradient(w, gradient);
    const differences = w.map((value, i) => {
      // At the best step, truncation h^2 and rounding 1e-16 / h are both about 1e-10.
      const h = 1e-5 * Math.max(1, Math.abs(value));
      const at = (x: number) => own.loss(w.map((other, j) => (i === j ? x : other)));
      return (at(value + h) - at(value - h)) / (2 * h);
    });
    expect(relative(gradient, differences)).toBeLessThan(1e-8);
  });

  test("has the loss and gradient that the interpreter finds", () => {
    const data = dataset(plain.data);
    const { graph, loss, parameters } = plain.model.trace((graph, m) => dataInputs(graph, m, data));
    const roots = [loss, ...gradients(graph, ops(graph), loss, parameters)];
    const inputs = Object.fromEntries(Object.entries(data.arrays).map(([name, { values }]) => [name, values]));
    for (const w of points) {
      const [[value], ...slopes] = interpret(roots, { parameters: split(own, w), inputs });
      expect(Math.abs(own.lossAndGradient(w, gradient) / value - 1)).toBeLessThan(1e-13);
      expect(
        relative(
          gradient,
          slopes.flatMap(slope => [...slope]),
        ),
      ).toBeLessThan(1e-13);
    }
  });

  test("on a minibatch is the mean over its samples", () => {
    const order = new Int32Array(plain.samples).map((_, i) => i);
    stream({ seed: 8, purpose: "order" }).shuffle(order);
    const [w] = points;
    const batchGradient = new Float64Array(own.size);
    for (const [from, to] of [
      [0, 10],
      [10, 11],
      [30, plain.samples],
      [5, 15],
      [0, plain.samples],
    ]) {
      const loss = own.batchLossAndGradient(w, batchGradient, order, from, to);
      const chosen = order.subarray(from, to);
      const single = new Float64Array(own.size);
      const mean = new Float64Array(own.size);
      let total = 0;
      for (const sample of chosen) {
        total += plain.lossAndGradient(split(own, w), [sample], split(own, single)) / chosen.length;
        for (let i = 0; i < mean.length; i++) mean[i] += single[i] / chosen.length;
      }
      expect(Math.abs(loss / total - 1)).toBeLessThan(1e-13);
      expect(relative(batchGradient, mean)).toBeLessThan(1e-13);
    }
  });

  test("leaves the point alone, and gives the same bits again after other points and batches", () => {
    const [w, other] = points;
    const before = w.slice();
    const first = own.lossAndGradient(w, gradient);
    const slopes = gradient.slice();
    own.lossAndGradient(other, gradient);
    own.batchLossAndGradient(other, gradient, Int32Array.of(3, 4), 0, 2);
    expect(own.lossAndGradient(w, gradient)).toBe(first);
    expect(gradient).toEqual(slopes);
    expect(w).toEqual(before);
  });
});

test("descending on an objective is training the model in float64", () => {
  const { model, data } = perceptron(5, 30);
  const own = objective(model, data);
  const optimiser = gradientDescent({ stepSize: 0.05 });
  let w = new Float64Array(0);
  const trained = train(
    { model, data, optimiser, steps: 200, precision: "f64" },
    {
      visit({ step, parameters }) {
        if (step === 0) w = Float64Array.from(Object.values(parameters()).flatMap(({ data }) => [...data]));
      },
    },
  );
  descend({ gradients: fullBatch(own), optimiser, w, checkpoints: [200], visit: () => {} });
  const end = Float64Array.from(Object.values(trained.parameters).flatMap(({ data }) => [...data]));
  expect(relative(w, end)).toBeLessThan(1e-12);
  expect(own.loss(w)).toBeLessThan(0.9 * trained.loss[0]);
});

test("descending on its minibatches lowers the loss", () => {
  const { model, data } = perceptron(5, 30);
  const own = objective(model, data);
  const w = pointOf(own.size, 0);
  const before = own.loss(w);
  descend({
    gradients: minibatches(own, { batch: 7, seed: 1, chain: 0 }),
    optimiser: gradientDescent({ stepSize: 0.02 }),
    w,
    checkpoints: [300],
    visit: () => {},
  });
  expect(own.loss(w)).toBeLessThan(0.5 * before);
});

describe("refusals", () => {
  const { model: net, data } = bigram(7, 4, 9, 50);
  const own = objective(net, data);
  const w = new Float64Array(own.size);
  test.each<[string, () => unknown, string]>([
    ["a point of another length", () => own.loss(new Float64Array(5)), "the length of w is 5: needs 64"],
    [
      "a gradient of another length",
      () => own.lossAndGradient(w, new Float64Array(65)),
      "the length of the gradient is 65: needs 64",
    ],
    [
      "a sample that is not there",
      () => own.batchLossAndGradient(w, w.slice(), Int32Array.of(0, 50), 0, 2),
      "batch order[1] is 50: needs an integer from 0 to 49",
    ],
    [
      "an empty batch",
      () => own.batchLossAndGradient(w, w.slice(), Int32Array.of(0, 1), 1, 1),
      "to - from is 0: needs a whole number from 1",
    ],
    [
      "a model without a loss",
      () =>
        objective(
          model((m, { x }) => m.parameter("w", [2]) && x),
          { x: [1, 2] },
        ),
      "the loss has shape [2]: needs a single number",
    ],
    ["no data", () => objective(net, {} as Data), "data is {}: needs at least one array"],
  ])("%s", (_, act, message) => {
    expect(act).toThrow(message);
  });
});
