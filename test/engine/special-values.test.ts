import { describe, expect, test } from "vitest";
import { graph } from "../../src/engine/graph/graph.ts";
import type { Node } from "../../src/engine/graph/node.ts";
import { ops } from "../../src/engine/graph/ops.ts";
import { type Tracer, tracer } from "../../src/engine/graph/tracer.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { compile } from "../../src/engine/program.ts";
import { EPSILON } from "./error-bounds.ts";
import { precisionNames, type Way, ways, withBallast } from "./ways.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** Every pair of these meets. */
const special = [nan, inf, -inf, 0, -0, 1, -1, 0.5, -2];
const pairs = special.flatMap(a => special.map(b => [a, b] as const));

const unaries: { readonly [name: string]: (m: Tracer, a: Node) => Node } = Object.fromEntries(
  (
    [
      "neg",
      "exp",
      "log",
      "log1p",
      "tanh",
      "erf",
      "sqrt",
      "sin",
      "cos",
      "stopGradient",
      "relu",
      "abs",
      "sigmoid",
      "softplus",
      "gelu",
    ] as const
  ).map(name => [name, (m: Tracer, a: Node) => m[name](a)]),
);
const binaries: { readonly [name: string]: (m: Tracer, a: Node, b: Node) => Node } = {
  ...Object.fromEntries(
    (["add", "sub", "mul", "div", "maximum", "minimum"] as const).map(name => [
      name,
      (m: Tracer, a: Node, b: Node) => m[name](a, b),
    ]),
  ),
  ...Object.fromEntries(
    (["less", "lessOrEqual", "equal"] as const).flatMap(name => [
      [name, (m: Tracer, a: Node, b: Node) => m.compare(name, a, b)],
      [`choice by ${name}`, (m: Tracer, a: Node, b: Node) => m.select(m.compare(name, a, b), a, b)],
    ]),
  ),
  "choice by a number": (m, a, b) => m.select(a, b, 3),
};
/** Over the second axis of pairs. */
const folds: { readonly [name: string]: (m: Tracer, a: Node) => Node } = {
  sum: (m, a) => m.sum(a, -1),
  max: (m, a) => m.max(a, -1),
  "sum of products": (m, a) =>
    m.reshape(m.matmul(m.reshape(a, [pairs.length, 2]), m.constant([1, 1], [2, 1])), [pairs.length]),
  logSumExp: (m, a) => m.logSumExp(a, -1),
};

/** The same number, the same infinity, not a number on both sides; or close by. */
const agrees = (found: number, expected: number, tolerance: number): boolean =>
  Object.is(found, expected) || found === expected || Math.abs(found - expected) <= tolerance;

describe.each(precisionNames)("infinities and what is not a number travel as in the oracle, %s", precision => {
  const check = (way: Way, build: (m: Tracer, a: Node, b: Node, both: Node) => Node) => {
    const own = graph();
    const { tracer: m } = tracer(own);
    const chains = way === "chains" ? 5 : 1;
    const input = (name: string, shape: readonly number[]) =>
      own.node("input", [], { name, samples: way === "samples" }, shape);
    const [a, b, both] = [input("a", [81]), input("b", [81]), input("both", [81, 2])];
    const result = build(m, a, b, both);
    const goal = { outputs: { result: { node: result, every: "call" as const } }, updates: [] };
    const program = compile(own, way === "arrays" ? withBallast(own, ops(own), goal) : goal, {
      precision,
      chains,
      stepsPerCall: 1,
    });
    expect(program.plan.lanes).toBe(way === "chains" ? "chains" : "entries");
    const inputs = { a: pairs.map(([x]) => x), b: pairs.map(([, y]) => y), both: pairs.flat() };
    for (const [name, values] of Object.entries(inputs)) if (name in program.plan.inputs) program.write(name, values);
    program.run(1, { from: 0, seed: 0 });
    const [expected] = interpret([result], { inputs });
    const found = program.read("result", { chain: chains - 1 });
    const wrong = pairs.flatMap((pair, i) =>
      agrees(found[i], expected[i], 10 * EPSILON[precision] * Math.abs(expected[i]))
        ? []
        : [`${pair}: ${found[i]}, not ${expected[i]}`],
    );
    expect(wrong).toEqual([]);
  };
  describe.each(ways)("%s", way => {
    test.each(Object.keys(unaries))("%s", name => check(way, (m, a) => unaries[name](m, a)));
    test.each(Object.keys(binaries))("%s", name => check(way, (m, a, b) => binaries[name](m, a, b)));
    // Made of primitives, 81 of it are too many to be unrolled.
    test.each(Object.keys(folds).filter(name => way !== "chains" || name !== "logSumExp"))("%s", name =>
      check(way, (m, _, __, both) => folds[name](m, both)),
    );
  });
});

describe("the oracle itself", () => {
  const value = (build: (m: Tracer) => Node): number => interpret([build(tracer(graph()).tracer)], {})[0][0];
  const hidden = (m: Tracer) => m.sqrt(m.constant([-1]));

  test("relu, maximum and minimum keep what is not a number visible", () => {
    expect(value(m => m.relu(hidden(m)))).toBeNaN();
    expect(value(m => m.maximum(hidden(m), 0))).toBeNaN();
    expect(value(m => m.maximum(0, hidden(m)))).toBeNaN();
    expect(value(m => m.minimum(0, hidden(m)))).toBeNaN();
    expect(value(m => m.max(m.concat([m.constant([1]), hidden(m), m.constant([2])])))).toBeNaN();
  });
  test("comparisons with what is not a number are 0", () => {
    for (const relation of ["less", "lessOrEqual", "equal"] as const)
      expect(value(m => m.compare(relation, hidden(m), hidden(m)))).toBe(0);
  });
  test("the logarithm of a sum of exponentials does not overflow", () => {
    expect(value(m => m.logSumExp(m.constant([1000, 1000])))).toBe(1000 + Math.log(2));
    expect(value(m => m.logSumExp(m.constant([-1000, -1000])))).toBe(-1000 + Math.log(2));
    expect(value(m => m.logSumExp(m.constant([-1e300, 5])))).toBe(5);
  });
});
