import { describe, expect, test } from "vitest";
import { gradients } from "../../src/engine/derive/derivatives.ts";
import { graph } from "../../src/engine/graph/graph.ts";
import type { Node } from "../../src/engine/graph/node.ts";
import { ops } from "../../src/engine/graph/ops.ts";
import { type Tracer, tracer } from "../../src/engine/graph/tracer.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { erf } from "../../src/numerics/elementary.ts";

const points = [-30, -3, -1, -0.25, 0, 0.25, 1, 3, 30];

const values = (
  build: (m: Tracer, a: Node) => Node,
  data: readonly number[] = points,
  shape = [data.length],
): number[] => {
  const { tracer: m } = tracer(graph());
  return Array.from(interpret([build(m, m.constant(data, shape))], {})[0]);
};

const expectClose = (found: readonly number[], expected: readonly number[], tolerance = 4e-16) => {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of expected.entries())
    expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(tolerance * (1 + Math.abs(value)));
};

describe("layers are their formulas", () => {
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  test.each<[string, (m: Tracer, a: Node) => Node, (x: number) => number]>([
    ["square", (m, a) => m.square(a), x => x * x],
    ["abs", (m, a) => m.abs(a), Math.abs],
    ["relu", (m, a) => m.relu(a), x => Math.max(x, 0)],
    ["sigmoid", (m, a) => m.sigmoid(a), sigmoid],
    ["softplus", (m, a) => m.softplus(a), x => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))],
    ["swish", (m, a) => m.swish(a), x => x * sigmoid(x)],
    ["gelu", (m, a) => m.gelu(a), x => (x / 2) * (1 + erf(x / Math.sqrt(2)))],
  ])("%s", (_, build, formula) => {
    expectClose(values(build), points.map(formula), 1e-15);
  });

  test("relu has slope 0 at 0, abs has slope 0 there", () => {
    for (const build of [(m: Tracer, a: Node) => m.relu(a), (m: Tracer, a: Node) => m.abs(a)]) {
      const own = graph();
      const { tracer: m } = tracer(own);
      const a = m.parameter("a", []);
      expect(interpret(gradients(own, ops(own), build(m, a), [a]), { parameters: { a: [0] } })[0][0]).toBe(0);
    }
  });

  test("mean over all axes and over some", () => {
    const data = [1, 2, 3, 4, 5, 6];
    expectClose(
      values((m, a) => m.mean(a), data, [2, 3]),
      [3.5],
    );
    expectClose(
      values((m, a) => m.mean(a, 0), data, [2, 3]),
      [2.5, 3.5, 4.5],
    );
    expectClose(
      values((m, a) => m.mean(a, -1), data, [2, 3]),
      [2, 5],
    );
  });

  test("softmax and its logarithm are over the last axis and shift with nothing", () => {
    const data = [1, 2, 3, 1001, 1002, 1003];
    const total = Math.exp(-2) + Math.exp(-1) + 1;
    const row = [Math.exp(-2) / total, Math.exp(-1) / total, 1 / total];
    expectClose(
      values((m, a) => m.softmax(a), data, [2, 3]),
      [...row, ...row],
      1e-13,
    );
    expectClose(
      values((m, a) => m.logSoftmax(a), data, [2, 3]),
      [...row, ...row].map(Math.log),
      1e-13,
    );
  });

  test("oneHot has a 1 where the index points", () => {
    const { tracer: m } = tracer(graph());
    const hot = m.oneHot(m.indices([2, 0], [2]), 3);
    expect(hot.shape).toEqual([2, 3]);
    expect(Array.from(interpret([hot], {})[0])).toEqual([0, 0, 1, 1, 0, 0]);
  });

  test("losses are means over samples and sums over outputs", () => {
    const { tracer: m } = tracer(graph());
    const logits = m.constant([1, 2, 3, 0, 0, 5], [2, 3]);
    const labels = m.indices([2, 0]);
    const [squared, cross, share] = interpret(
      [
        m.squaredError(logits, m.constant([1, 1, 1, 1, 1, 1], [2, 3])),
        m.crossEntropy(logits, labels),
        m.accuracy(logits, labels),
      ],
      {},
    );
    expectClose(Array.from(squared), [(0 + 1 + 4 + 1 + 1 + 16) / 2]);
    const own = (row: readonly number[], label: number) =>
      Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0)) - row[label];
    expectClose(Array.from(cross), [(own([1, 2, 3], 2) + own([0, 0, 5], 0)) / 2]);
    expect(share[0]).toBe(0.5);
  });

  test("linear is a W + b with parameters of its own", () => {
    const own = graph();
    const { tracer: m } = tracer(own);
    const out = m.linear("layer", m.constant([1, 2], [1, 2]), 3);
    expect(own.parameters.map(({ attributes, shape }) => [attributes.name, shape])).toEqual([
      ["layer.weight", [2, 3]],
      ["layer.bias", [3]],
    ]);
    const parameters = { "layer.weight": [1, 2, 3, 4, 5, 6], "layer.bias": [10, 20, 30] };
    expect(Array.from(interpret([out], { parameters })[0])).toEqual([19, 32, 45]);
  });
});
