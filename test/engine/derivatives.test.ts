import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gradients, tangents } from "../../src/engine/derive/derivatives.ts";
import { derivativeRules } from "../../src/engine/derive/rules.ts";
import { type Graph, graph } from "../../src/engine/graph/graph.ts";
import type { Node, Primitive } from "../../src/engine/graph/node.ts";
import { type Ops, ops } from "../../src/engine/graph/ops.ts";
import { tracer } from "../../src/engine/graph/tracer.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { randomValues } from "./plain.ts";
import { type Extents, primitiveScenes, primitives, type Scene, valuesFor } from "./primitive-scenes.ts";
import { drawsOf } from "./ways.ts";

const tiny: Extents = [1, 5, 3, 2, 2];

/** A scene with its real operands as parameters and their values. */
interface Staged {
  readonly own: Graph;
  readonly m: Ops;
  readonly result: Node;
  /** The real operands. */
  readonly operands: readonly Node[];
  readonly start: readonly (readonly number[])[];
  /** Values of nodes with the real operands where they are given. */
  at(nodes: readonly Node[], point: readonly (readonly number[])[]): Float64Array[];
}

const stage = (scene: Scene, seed: number): Staged => {
  const own = graph();
  const m = ops(own);
  const values = valuesFor(scene, seed);
  const nodes = scene.operands.map(({ shape, rows }, i) =>
    rows ? m.indices(values[i].data, shape) : own.parameter(`${i}`, shape),
  );
  const isReal = (_: unknown, i: number) => scene.operands[i].rows === undefined;
  const operands = nodes.filter(isReal);
  return {
    own,
    m,
    result: scene.build(m, nodes, 0),
    operands,
    start: values.map(({ data }, i) => data.map(value => gentle(value, scene.operands[i].range))).filter(isReal),
    at: (wanted, point) =>
      interpret(wanted, {
        parameters: Object.fromEntries(
          operands.map((node, i) => [(node.attributes as { name: string }).name, point[i]]),
        ),
        random: node => drawsOf(node as Node, 0, 0, "f64").map(({ value }) => value),
      }),
  };
};

/** Where functions are not so steep that differences say little. */
const gentle = (value: number, [low, high]: readonly [number, number] = [-3, 3]): number =>
  low >= 0 ? 0.5 + value / 4 : (3 * value) / high;

const H = 2 ** -17;
/** h^2 / 6 times third derivatives of up to a hundred, and rounding of values around ten divided by h. */
const TOLERANCE = 1e-8;

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, x, i) => sum + x * b[i], 0);
const dots = (a: readonly ArrayLike<number>[], b: readonly ArrayLike<number>[]): number =>
  a.reduce((sum, x, i) => sum + dot(x, b[i]), 0);

/** Random numbers in the shapes of arrays. */
const directions = (start: readonly (readonly number[])[], seed: number, purpose: string): number[][] =>
  start.map((values, i) => randomValues(seed, `${purpose} ${i}`, values.length, [-1, 1]));
const moved = (point: readonly (readonly number[])[], by: readonly (readonly number[])[], h: number): number[][] =>
  point.map((values, i) => values.map((value, j) => value + h * by[i][j]));

/** The derivative stops here by design. */
const isFlat = (op: Primitive): boolean => op === "stopGradient";

/** Scenes of a primitive that has real operands. */
const differentiable = primitives.filter(op => !["constant", "random", "convert"].includes(op));

describe("the derivative agrees with central differences", () => {
  test.each(differentiable)("of %s", op => {
    fc.assert(
      fc.property(primitiveScenes[op](tiny), fc.nat(1000), (scene, seed) => {
        const { own, m, result, operands, start, at } = stage(scene, seed);
        const [values] = at([result], start);
        const weights = randomValues(seed, "weights", values.length, [-1, 1]);
        const loss = m.sum(m.mul(result, m.constant(weights, result.shape)));
        const reverse = at(gradients(own, m, loss, operands), start);
        for (const [i, operand] of start.entries())
          for (const j of operand.keys()) {
            const by = start.map((other, k) => other.map((_, l) => Number(k === i && l === j)));
            const slope = isFlat(op)
              ? 0
              : (at([loss], moved(start, by, H))[0][0] - at([loss], moved(start, by, -H))[0][0]) / (2 * H);
            expect(Math.abs(reverse[i][j] - slope)).toBeLessThanOrEqual(TOLERANCE * (1 + Math.abs(slope)));
          }

        const u = directions(start, seed, "direction");
        const changes = operands.map((operand, i) => m.constant(u[i], operand.shape));
        const [forward] = at(tangents(own, m, [result], operands, changes), start);
        const [after, before] = [at([result], moved(start, u, H))[0], at([result], moved(start, u, -H))[0]];
        for (const [i, change] of forward.entries()) {
          const slope = isFlat(op) ? 0 : (after[i] - before[i]) / (2 * H);
          expect(Math.abs(change - slope)).toBeLessThanOrEqual(TOLERANCE * (1 + Math.abs(slope)));
        }

        // v . J u = u . J^T v, but for rounding.
        expect(Math.abs(dot(weights, forward) - dots(u, reverse))).toBeLessThanOrEqual(
          1e-13 * (1 + dots(u.map(absolute), reverse.map(absolute))),
        );
      }),
      { seed: 10, numRuns: 25 },
    );
  });
});

const absolute = (values: ArrayLike<number>): number[] => Array.from(values, Math.abs);

describe("the derivative of the derivative agrees with central differences of the derivative", () => {
  test.each(differentiable)("of %s", op => {
    fc.assert(
      fc.property(primitiveScenes[op](tiny), fc.nat(1000), (scene, seed) => {
        const { own, m, result, operands, start, at } = stage(scene, seed);
        const weights = m.constant(randomValues(seed, "weights", at([result], start)[0].length, [-1, 1]), result.shape);
        // Squared, so that linear primitives have one too.
        const loss = m.sum(m.mul(weights, m.mul(result, result)));
        const slopes = gradients(own, m, loss, operands);
        const [u, v] = ["one", "other"].map(purpose => directions(start, seed, purpose));
        const [alongU, alongV] = [u, v].map(direction =>
          at(
            tangents(
              own,
              m,
              slopes,
              operands,
              operands.map((operand, i) => m.constant(direction[i], operand.shape)),
            ),
            start,
          ),
        );
        const [after, before] = [at(slopes, moved(start, u, H)), at(slopes, moved(start, u, -H))];
        for (const [i, product] of alongU.entries())
          for (const [j, entry] of product.entries()) {
            const difference = isFlat(op) ? 0 : (after[i][j] - before[i][j]) / (2 * H);
            expect(Math.abs(entry - difference)).toBeLessThanOrEqual(10 * TOLERANCE * (1 + Math.abs(difference)));
          }
        // Second derivatives do not depend on their order: v . H u = u . H v.
        expect(Math.abs(dots(v, alongU) - dots(u, alongV))).toBeLessThanOrEqual(
          1e-12 * (1 + dots(v.map(absolute), alongU.map(absolute)) + dots(u.map(absolute), alongV.map(absolute))),
        );
      }),
      { seed: 11, numRuns: 20 },
    );
  });
});

/** The gradient of the sum of an expression in one array. */
const slopesOf = (values: readonly number[], build: (m: Ops, a: Node) => Node): number[] => {
  const own = graph();
  const m = ops(own);
  const a = own.parameter("a", [values.length]);
  const [slopes] = interpret(gradients(own, m, m.sum(build(m, a)), [a]), { parameters: { a: values } });
  return Array.from(slopes);
};

describe("at ties", () => {
  const tied = [2, 2, 1, 3];
  test("maximum gives half to each side", () => {
    expect(slopesOf(tied, (m, a) => m.maximum(a, 2))).toEqual([0.5, 0.5, 0, 1]);
    expect(slopesOf(tied, (m, a) => m.maximum(2, a))).toEqual([0.5, 0.5, 0, 1]);
    expect(slopesOf(tied, (m, a) => m.maximum(a, a))).toEqual([1, 1, 1, 1]);
  });
  test("minimum gives half to each side", () => {
    expect(slopesOf(tied, (m, a) => m.minimum(a, 2))).toEqual([0.5, 0.5, 1, 0]);
    expect(slopesOf(tied, (m, a) => m.minimum(2, a))).toEqual([0.5, 0.5, 1, 0]);
    expect(slopesOf(tied, (m, a) => m.minimum(a, a))).toEqual([1, 1, 1, 1]);
  });
  test("max over an axis gives equal shares", () => {
    expect(slopesOf([2, 3, 3, 3], (m, a) => m.max(a))).toEqual([0, 1 / 3, 1 / 3, 1 / 3]);
    expect(slopesOf([2, 3, 3, 3], (m, a) => m.max(m.reshape(a, [2, 2]), 0))).toEqual([0, 0.5, 1, 0.5]);
  });
  test("the other directions agree: forward mode halves and shares alike", () => {
    const own = graph();
    const m = ops(own);
    const a = own.parameter("a", [4]);
    const u = m.constant([1, 10, 100, 1000]);
    const outputs = [m.maximum(a, 2), m.minimum(2, a), m.max(a)];
    const found = interpret(tangents(own, m, outputs, [a], [u]), { parameters: { a: [2, 2, 3, 3] } });
    expect(found.map(values => Array.from(values))).toEqual([[0.5, 5, 100, 1000], [0.5, 5, 0, 0], [550]]);
  });
});

describe("what has no derivative", () => {
  test("comparisons, converted indices and what stopGradient keeps give zero", () => {
    expect(slopesOf([1, -1], (m, a) => m.compare("less", 0, a))).toEqual([0, 0]);
    expect(slopesOf([1, -1], (m, a) => m.mul(m.stopGradient(a), a))).toEqual([1, -1]);
  });
  test("an array on which the loss does not depend has gradient zero", () => {
    const own = graph();
    const m = ops(own);
    const [a, b] = [own.parameter("a", [2]), own.parameter("b", [2, 3])];
    const [, slopes] = gradients(own, m, m.sum(a), [a, b]);
    expect(slopes.shape).toEqual([2, 3]);
    expect(interpret([slopes], { parameters: { a: [1, 2] } })[0]).toEqual(new Float64Array(6));
  });
  test("the gradient of the loss by itself is 1", () => {
    const own = graph();
    const m = ops(own);
    const loss = m.sum(own.parameter("a", [2]));
    expect(interpret(gradients(own, m, loss, [loss]), { parameters: { a: [1, 2] } })[0]).toEqual(Float64Array.of(1));
  });
  test("every primitive has a rule", () => {
    expect(Object.keys(derivativeRules).toSorted()).toEqual(primitives.toSorted());
  });
  test("a primitive without a rule is named, with its line, in both modes", () => {
    const own = graph();
    const { tracer: m } = tracer(own);
    const a = m.parameter("a", [2]);
    const loss = m.sum(m.tanh(a));
    const rules = derivativeRules as { tanh?: unknown };
    const { tanh } = rules;
    try {
      delete rules.tanh;
      const message = /^tanh at derivatives\.test\.ts:\d+:\d+ has no derivative$/;
      expect(() => gradients(own, ops(own), loss, [a])).toThrow(message);
      expect(() => tangents(own, ops(own), [loss], [a], [a])).toThrow(message);
    } finally {
      rules.tanh = tanh;
    }
  });
});
