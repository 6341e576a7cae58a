import { describe, expect, test } from "vitest";
import { model } from "../../src/engine/model.ts";
import { dataset } from "../../src/experiments/data.ts";
import { evaluator } from "../../src/experiments/evaluator.ts";
import { train } from "../../src/experiments/train.ts";
import { gradientDescent } from "../../src/learning/gradient-descent.ts";
import { stream } from "../../src/numerics/stream.ts";

const net = model((m, { x, label }) => {
  const logits = m.matmul(x, m.parameter("W", [2, 3]));
  return { loss: m.crossEntropy(logits, label), accuracy: m.accuracy(logits, label), logits };
});
const x = [
  [1, 0],
  [0, 1],
  [1, 1],
  [2, -1],
];
const label = Int32Array.of(0, 1, 2, 2);
const W = { shape: [2, 3], data: Float64Array.of(1, 0, 2, 0.5, 1, -1) };

/** Rows of x W. */
const logits = x.map(([a, b]) => [a + 0.5 * b, b, 2 * a - b]);

test("loss and outputs are those of the formula", () => {
  const { loss, outputs } = evaluator(net, dataset({ x, label }), "f64")({ W });
  const expected = logits.map(
    (row, i) => Math.log(row.reduce((sum, logit) => sum + Math.exp(logit), 0)) - row[label[i]],
  );
  expect(Math.abs(loss - expected.reduce((a, b) => a + b) / 4)).toBeLessThan(1e-15);
  expect(outputs.logits.shape).toEqual([4, 3]);
  expect([...outputs.logits.data]).toEqual(logits.flat());
  // The rows are largest at 2, 1, 1 and 2.
  expect(outputs.accuracy).toEqual({ shape: [], data: Float64Array.of(2 / 4) });
  expect(Object.keys(outputs)).toEqual(["accuracy", "logits"]);
});

test("in single precision the results are single", () => {
  const { loss, outputs } = evaluator(net, dataset({ x, label }), "f32")({ W });
  const double = evaluator(net, dataset({ x, label }), "f64")({ W });
  expect(loss).toBe(Math.fround(loss));
  expect(Math.abs(loss / double.loss - 1)).toBeLessThan(1e-6);
  expect(outputs.accuracy).toEqual(double.outputs.accuracy);
});

test("one evaluator serves many points", () => {
  const evaluate = evaluator(net, dataset({ x, label }), "f64");
  const first = evaluate({ W });
  evaluate({ W: { shape: [2, 3], data: new Float64Array(6) } });
  expect(evaluate({ W })).toEqual(first);
});

describe("randomness inside a model", () => {
  const noisy = model((m, { x }) => {
    const noise = m.normal([3]);
    return { loss: m.mean(m.square(m.sub(m.parameter("w", [3]), m.add(m.mul(0, m.mean(x)), noise)))), noise };
  });
  const at = { w: { shape: [3], data: new Float64Array(3) } };
  const drawn = (seed: number, step: number) => {
    const noise = new Float64Array(3);
    stream({ seed, purpose: "draw 0", step }).normals(noise);
    return noise;
  };

  test("is drawn by (seed, step)", () => {
    const evaluate = evaluator(noisy, dataset({ x: [1, 2] }), "f64");
    expect(evaluate(at).outputs.noise.data).toEqual(drawn(0, 0));
    expect(evaluate(at, { seed: 4, step: 9 }).outputs.noise.data).toEqual(drawn(4, 9));
    expect(evaluate(at).outputs.noise.data).toEqual(drawn(0, 0));
  });

  test("of a trained model is that of its seed and the step it has reached", () => {
    const data = { x: [1, 2] };
    const experiment = { model: noisy, data, optimiser: gradientDescent({ stepSize: 0.1 }), steps: 7 };
    const trained = train({ ...experiment, precision: "f64" }, { seed: 4 });
    expect(trained.evaluate(data).outputs.noise.data).toEqual(drawn(4, 7));
  });
});

test("a parameter that is missing or of another size is reported by name", () => {
  const evaluate = evaluator(net, dataset({ x, label }), "f64");
  expect(() => evaluate({ V: W })).toThrow("no values for parameter W: there are V");
  expect(() => evaluate({ W: { shape: [2], data: new Float64Array(2) } })).toThrow(
    "parameter W has shape [2]: on these data the model needs [2, 3]",
  );
});
