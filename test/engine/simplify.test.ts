import { expect, test } from "vitest";
import { graph } from "../../src/engine/graph/graph.ts";
import type { Node } from "../../src/engine/graph/node.ts";
import { ops } from "../../src/engine/graph/ops.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { simplify } from "../../src/engine/lower/simplify.ts";
import { stream } from "../../src/numerics/stream.ts";

type Build = (m: ReturnType<typeof ops>, a: Node, b: Node) => Node;

/** A result and what it is simplified to, both interpreted on the same numbers. */
const both = (shapes: readonly [readonly number[], readonly number[]], build: Build) => {
  const own = graph();
  const m = ops(own);
  const [a, b] = shapes.map((shape, i) => own.node("input", [], { name: `${i}` }, shape));
  const result = build(m, a, b);
  const [simplified] = simplify(own, m, [result]);
  const random = stream({ seed: 1, purpose: "simplify" });
  const data = shapes.map(shape => Array.from({ length: shape.reduce((x, y) => x * y, 1) }, () => random.normal()));
  const run = (node: Node) => interpret([node], { inputs: { 0: data[0], 1: data[1] }, random: () => [] })[0];
  return { result, simplified, plain: run(result), simpler: run(simplified) };
};

test.each<[string, readonly [readonly number[], readonly number[]], Build, string]>([
  ["two transpositions become one", [[2, 3, 4], [1]], (m, a) => m.transpose(m.transpose(a, [1, 2, 0]), [0, 2, 1]), "transpose"],
  ["a turn and its inverse are nothing", [[2, 3, 4], [1]], (m, a) => m.transpose(m.transpose(a, [1, 2, 0]), [2, 0, 1]), "input"],
  ["a reshape of a reshape is one", [[2, 6], [1]], (m, a) => m.reshape(m.reshape(a, [3, 4]), [12, 1]), "reshape"],
  ["a transposed second factor", [[3, 4], [5, 4]], (m, a, b) => m.matmul(a, m.transpose(b, [1, 0])), "matmul"],
  ["one that is transposed twice", [[3, 4], [4, 5]], (m, a, b) => m.matmul(a, m.transpose(b, [1, 0]), { a: false, b: true }), "matmul"],
  ["a first factor that is transposed twice", [[3, 4], [4, 5]], (m, a, b) => m.matmul(m.transpose(a, [1, 0]), b, { a: true, b: false }), "matmul"],
  ["an outer product", [[1, 50], [1, 60]], (m, a, b) => m.matmul(a, b, { a: true, b: false }), "mul"],
  ["one of a transposed second factor", [[2, 50], [60, 2]], (m, a, b) => m.matmul(a, b, { a: true, b: true }), "matmul"],
])("%s", (_, shapes, build, op) => {
  const { result, simplified, plain, simpler } = both(shapes, build);
  expect(simplified.op).toBe(op);
  expect(simplified.shape).toEqual(result.shape);
  expect(simpler.length).toBe(plain.length);
  plain.forEach((value, i) => {
    expect(simpler[i]).toBeCloseTo(value, 12);
  });
}); // biome-ignore format: a case in each line
