import { describe, expect, test } from "vitest";
import { gradients } from "../../src/engine/derive/derivatives.ts";
import { type Graph, graph } from "../../src/engine/graph/graph.ts";
import type { Node, NodeOf } from "../../src/engine/graph/node.ts";
import { ops } from "../../src/engine/graph/ops.ts";
import { type Tracer, tracer } from "../../src/engine/graph/tracer.ts";
import { interpret } from "../../src/engine/interpret.ts";
import type { Goal } from "../../src/engine/lower/plan.ts";
import { type Inputs, model } from "../../src/engine/model.ts";
import { type CompileOptions, compile, type Program } from "../../src/engine/program.ts";
import { messageOf } from "../support/message-of.ts";

/** A place in this file. */
const HERE = "errors\\.test\\.ts:\\d+:\\d+";

describe("wrong shapes name the operation, the shapes and the line", () => {
  const traced = (build: (m: Tracer, a: Node, rows: Node) => unknown) => () => {
    const { tracer: m } = tracer(graph());
    return build(m, m.parameter("a", [2, 3]), m.indices([0, 1]));
  };
  test.each<[string, (m: Tracer, a: Node, rows: Node) => unknown, string]>([
    ["add", (m, a) => m.add(a, m.constant([1, 2])), "add of \\[2, 3\\] and \\[2\\] at HERE: shapes do not match"],
    [
      "select",
      (m, a) => m.select(a, 1, m.constant([1, 2])),
      "select of \\[2, 3\\] and \\[\\] and \\[2\\] at HERE: shapes do not match",
    ],
    [
      "compare",
      (m, a) => m.compare("less", m.constant([1, 2]), a),
      "compare of \\[2\\] and \\[2, 3\\] at HERE: shapes do not match",
    ],
    [
      "matmul",
      (m, a) => m.matmul(a, a),
      "matmul of \\[2, 3\\] and \\[2, 3\\] at HERE: the first has 3 columns, the second 2 rows",
    ],
    [
      "matmul, transposed",
      (m, a) => m.matmul(a, m.constant(new Array(12).fill(0), [3, 4]), { a: true }),
      "matmul of \\[2, 3\\] and \\[3, 4\\] at HERE: the first has 2 columns \\(transposed\\), the second 3 rows",
    ],
    [
      "matmul of a list",
      (m, a) => m.matmul(a, m.constant([1, 2, 3])),
      "matmul of \\[2, 3\\] and \\[3\\] at HERE: needs two arrays of the same rank, at least 2",
    ],
    [
      "matmul of stacks",
      (m, a) => m.matmul(m.broadcast(a, [5, 2, 3]), m.broadcast(0, [4, 3, 2])),
      "matmul of \\[5, 2, 3\\] and \\[4, 3, 2\\] at HERE: axes before the last two must be equal",
    ],
    [
      "linear",
      m => m.linear("layer", m.constant([1, 2]), 4),
      "matmul of \\[2\\] and \\[2, 4\\] at HERE: needs two arrays",
    ],
    ["sum", (m, a) => m.sum(a, 2), "sum of \\[2, 3\\] at HERE: axes \\[2\\] must lie from 0 to 1"],
    ["max", (m, a) => m.max(a, [0, 0]), "max of \\[2, 3\\] at HERE: axes \\[0, 0\\] name one twice"],
    ["logSumExp", (m, a) => m.logSumExp(a, -3), "max of \\[2, 3\\] at HERE: axes \\[-1\\] must lie from 0 to 1"],
    ["broadcast", (m, a) => m.broadcast(a, [4, 3]), "broadcast of \\[2, 3\\] at HERE: cannot stretch to \\[4, 3\\]"],
    ["reshape", (m, a) => m.reshape(a, [5]), "reshape of \\[2, 3\\] at HERE: \\[5\\] has 5 entries, not 6"],
    [
      "reshape to negative lengths",
      (m, a) => m.reshape(a, [-2, -3]),
      "reshape makes an array \\[-2, -3\\] at HERE: needs axes of positive whole length",
    ],
    [
      "broadcast to length 0",
      m => m.broadcast(1, [0]),
      "broadcast makes an array \\[0\\] at HERE: needs axes of positive whole length",
    ],
    [
      "transpose",
      (m, a) => m.transpose(a, [0, 0]),
      "transpose of \\[2, 3\\] at HERE: order \\[0, 0\\] is no permutation of its 2 axes",
    ],
    [
      "slice",
      (m, a) => m.slice(a, [1, 1], [1, 3]),
      "slice of \\[2, 3\\] at HERE: start \\[1, 1\\] with lengths \\[1, 3\\] leaves it",
    ],
    [
      "slice of other rank",
      (m, a) => m.slice(a, [1], [1]),
      "slice of \\[2, 3\\] at HERE: needs a start and a length for each of its 2 axes",
    ],
    [
      "concat",
      (m, a) => m.concat([a, m.transpose(a)]),
      "concat of \\[2, 3\\] and \\[3, 2\\] at HERE: shapes may differ only along axis 0",
    ],
    [
      "concat along no axis",
      (m, a) => m.concat([a, a], 2),
      "concat of \\[2, 3\\] and \\[2, 3\\] at HERE: has no axis 2",
    ],
    [
      "gather by numbers",
      (m, a) => m.gather(a, a),
      "gather of \\[2, 3\\] and \\[2, 3\\] at HERE: the second must be an index array",
    ],
    [
      "gather from a number",
      (m, _, rows) => m.gather(m.constant(1), rows),
      "gather of \\[\\] and index \\[2\\] at HERE: the first needs rows",
    ],
    [
      "scatterAdd",
      (m, a) => m.scatterAdd(a, m.indices([0, 1, 1]), 4),
      "scatterAdd of \\[2, 3\\] and index \\[3\\] at HERE: the values need one row for each index",
    ],
    [
      "scatterAdd to no rows",
      (m, a, rows) => m.scatterAdd(a, rows, 0),
      "scatterAdd makes an array \\[0, 3\\] at HERE: needs axes of positive",
    ],
    [
      "arithmetic on indices",
      (m, _, rows) => m.add(rows, 1),
      "add of index \\[2\\] and (index )?\\[2\\] at HERE: needs real numbers; convert",
    ],
    ["convert of numbers", (m, a) => m.convert(a), "convert of \\[2, 3\\] at HERE: needs an index array"],
    ["constant", m => m.constant([1, 2, 3], [2]), "constant of  at HERE: needs 2 values for \\[2\\], not 3"],
    [
      "crossEntropy",
      (m, a) => m.crossEntropy(a, m.indices([0, 1, 2])),
      "crossEntropy at HERE: the labels have shape \\[3\\]: needs \\[2\\], one for each row of logits \\[2, 3\\]",
    ],
    [
      "crossEntropy with numbers for labels",
      (m, a) => m.crossEntropy(a, m.parameter("y", [2])),
      "crossEntropy at HERE: the labels y are real numbers of shape \\[2\\]: needs whole numbers from 0, one for each sample, in an Int32Array",
    ],
    [
      "crossEntropy with rows for labels",
      (m, a) => m.crossEntropy(a, m.mul(a, 2)),
      "crossEntropy at HERE: the labels are real numbers .* of rows with a 1 at the class, take its index",
    ],
    [
      "accuracy with a column of labels",
      (m, a) => m.accuracy(a, m.indices([0, 1], [2, 1])),
      "accuracy at HERE: the labels have shape \\[2, 1\\]: needs \\[2\\], one for each row of logits \\[2, 3\\]",
    ],
    ["oneHot of numbers", (m, a) => m.oneHot(a, 3), "oneHot at HERE: the labels a? ?are real numbers"],
    [
      "a billion entries",
      m => m.broadcast(1, [50_000, 50_000]),
      "broadcast makes an array \\[50000, 50000\\]: more than a billion entries at HERE",
    ],
  ])("%s", (_, build, message) => {
    expect(messageOf(traced(build))).toMatch(new RegExp(`^${message.replace("HERE", HERE)}`));
  });

  test("the line is the one of the call", () => {
    const { tracer: m } = tracer(graph());
    const line = Number(/errors\.test\.ts:(\d+):/.exec(new Error().stack!)![1]);
    const message = messageOf(() => m.matmul(m.constant([1]), m.constant([2])));
    expect(message).toContain(`errors.test.ts:${line + 1}:`);
  });

  test("a relation that does not exist", () => {
    const { tracer: m } = tracer(graph());
    expect(messageOf(() => m.compare("greater" as "less", 1, 2))).toContain(
      "relation greater is not one of less, lessOrEqual, equal",
    );
  });
});

describe("operands", () => {
  const { tracer: m } = tracer(graph());
  test.each<[string, () => unknown, string]>([
    [
      "undefined",
      () => m.add(undefined as never, 1),
      "add got undefined: needs an array made by the model, a number or a list",
    ],
    [
      "forgotten",
      () => (m.tanh as () => unknown)(),
      "an operand is undefined: needs an array made by the model or a number",
    ],
    ["not a number", () => m.mul(Number.NaN, 1), "an operand of mul is NaN: needs a number"],
    [
      "a list",
      () => m.mul([1, 2] as never, 1),
      "an operand is [1,2]: needs an array made by the model or a number; constant makes an array of a list",
    ],
    ["a word", () => m.exp("x" as never), 'an operand is "x"'],
    ["of another model", () => m.exp(tracer(graph()).tracer.constant(1)), "got an array of another model"],
    ["none at all", () => m.concat([]), "the parts of concat is []: needs at least one array"],
  ])("%s", (_, act, message) => {
    expect(messageOf(act)).toContain(message);
  });
});

describe("parameters", () => {
  const declare = (...list: Parameters<Tracer["parameter"]>[]) => {
    const { tracer: m } = tracer(graph());
    for (const each of list) m.parameter(...each);
  };
  test.each<[string, Parameters<Tracer["parameter"]>[], string]>([
    [
      "declared twice",
      [
        ["w", [2]],
        ["w", [2]],
      ],
      'the name of a parameter is "w": needs to be new',
    ],
    ["of fractional length", [["w", [1.5]]], "the shape of parameter w is [1.5]: needs positive integers"],
    ["of length 0", [["w", [0]]], "the shape of parameter w is [0]: needs positive integers"],
    ["starting at infinity", [["w", [2], Infinity]], "the start of w is Infinity: needs a finite number"],
    ["starting at too few values", [["w", [2], [1]]], "the start of w is 1: needs 2 values"],
    [
      "starting at what is no number",
      [["w", [2], [1, Number.NaN]]],
      "the start of w is [1,null]: needs finite numbers",
    ],
    ["of negative width", [["w", [2], { normal: -1 }]], 'the start of w is {"normal":-1}: needs a width'],
    ["of endless width", [["w", [2], { uniform: Infinity }]], "the start of w is"],
  ])("%s", (_, list, message) => {
    expect(messageOf(() => declare(...list))).toContain(message);
  });
});

describe("losses", () => {
  const traceOf = (define: (m: Tracer, inputs: Inputs) => unknown) => () =>
    model(define as never).trace(own => ({ x: own.node("input", [], { name: "x" }, [4]) }));
  test.each<[string, (m: Tracer, inputs: Inputs) => unknown, string]>([
    [
      "not a single number",
      (m, { x }) => m.mul(m.parameter("w", []), x),
      "the loss has shape [4]: needs a single number; mean or sum makes one",
    ],
    ["none", () => undefined, "the model returns no loss: return one, or an object with a loss"],
    ["none among outputs", (m, { x }) => ({ accuracy: m.sum(x) }), "the model returns no loss"],
    [
      "an output that is no array",
      (m, { x }) => ({ loss: m.sum(x), scale: 2 }),
      "the model returns scale, which is no array of its own",
    ],
    ["without parameters", (m, { x }) => m.sum(x), "the model declares no parameter: nothing to train"],
    ["of data that are not there", (m, { z }) => m.sum(z), "the model reads z, but the data have x"],
  ])("%s", (_, define, message) => {
    expect(messageOf(traceOf(define))).toContain(message);
  });
  test("a gradient needs a single number, and says where it was made", () => {
    const own = graph();
    const { tracer: m } = tracer(own);
    const a = m.parameter("a", [2]);
    const message = messageOf(() => gradients(own, ops(own), m.exp(a), [a]));
    expect(message).toMatch(
      new RegExp(`^the loss has shape \\[2\\] at ${HERE}: needs a single number; sum or mean makes one$`),
    );
  });
});

const options: CompileOptions = { precision: "f32", chains: 2, stepsPerCall: 3 };
const compiled = (build: (m: Tracer, own: Graph) => Node, more: Partial<CompileOptions> = {}): Program => {
  const own = graph();
  return compile(
    own,
    { outputs: { out: { node: build(tracer(own).tracer, own), every: "step" } }, updates: [] },
    { ...options, ...more },
  );
};
const rowsOf = (own: Graph, name = "rows"): Node => own.node("input", [], { name }, [3], "index");

describe("indices", () => {
  test("a constant that leaves its table is found before anything runs", () => {
    const lookup = (values: readonly number[]) =>
      messageOf(() => compiled(m => m.gather(m.parameter("a", [4, 2]), m.indices(values))));
    expect(lookup([0, 4])).toMatch(new RegExp(`^gather at ${HERE}: index 1 is 4, the table has 4 rows$`));
    expect(lookup([-1, 0])).toContain("index 0 is -1, the table has 4 rows");
    expect(lookup([0, 1.5])).toContain("index 1 is 1.5, the table has 4 rows");
    expect(messageOf(() => compiled(m => m.scatterAdd(m.parameter("a", [2]), m.indices([0, 3]), 3)))).toMatch(
      new RegExp(`^scatterAdd at ${HERE}: index 1 is 3, the table has 3 rows$`),
    );
  });
  test("what is written has to stay inside the smallest table", () => {
    const program = compiled((m, own) => {
      const rows = rowsOf(own);
      return m.add(m.sum(m.gather(m.parameter("a", [9]), rows)), m.sum(m.gather(m.parameter("b", [5]), rows)));
    });
    for (const [values, message] of [
      [[0, 1, 5], "rows[2] is 5: needs an integer from 0 to 4"],
      [[0, -1, 2], "rows[1] is -1: needs an integer from 0 to 4"],
      [[0.5, 1, 2], "rows[0] is 0.5: needs an integer from 0 to 4"],
      [[Number.NaN, 1, 2], "rows[0] is NaN: needs an integer from 0 to 4"],
    ] as const)
      expect(messageOf(() => program.write("rows", values))).toBe(message);
    program.write("rows", [0, 4, 4]);
    expect(program.read("rows")).toEqual(Float64Array.of(0, 4, 4));
  });
  test("a table of indices is held to the table behind it", () => {
    const program = compiled((m, own) =>
      m.sum(m.gather(m.parameter("a", [5]), m.gather(rowsOf(own, "labels"), rowsOf(own)))),
    );
    expect(messageOf(() => program.write("labels", [0, 1, 5]))).toBe("labels[2] is 5: needs an integer from 0 to 4");
    expect(messageOf(() => program.write("rows", [0, 1, 3]))).toBe("rows[2] is 3: needs an integer from 0 to 2");
  });
  test("the interpreter leaves no table either", () => {
    const own = graph();
    const { tracer: m } = tracer(own);
    const found = m.gather(m.constant([1, 2]), rowsOf(own));
    expect(() => interpret([found], { inputs: { rows: [0, 1, 2] } })).toThrow("row 2 of 2");
  });
});

describe("a compiled program", () => {
  const program = compiled((m, own) =>
    m.add(m.sum(m.parameter("w", [3])), m.sum(own.node("input", [], { name: "x" }, [2]))),
  );
  test.each<[string, () => unknown, string]>([
    ["reading a name that is not there", () => program.read("v"), 'no array "v": there are x, w, out'],
    ["reading one entry of a name that is not there", () => program.readNumber("v"), 'no array "v"'],
    ["writing a name that is not there", () => program.write("y", [1]), 'no array "y": there are x, w, out'],
    ["too few values", () => program.write("w", [1, 2]), "w has 2 values: needs 3"],
    ["too many values", () => program.write("x", new Float64Array(5)), "x has 5 values: needs 2"],
    ["a chain too far", () => program.read("w", { chain: 2 }), "chain is 2: needs an integer from 0 to 1"],
    ["half a chain", () => program.write("w", [1, 2, 3], { chain: 0.5 }), "chain is 0.5"],
    ["a step too far", () => program.readNumber("out", { step: 3 }), "step is 3: needs an integer from 0 to 2"],
    [
      "more steps than there is room for",
      () => program.run(4, { from: 0, seed: 0 }),
      "steps is 4: needs an integer from 1 to 3",
    ],
    ["no steps", () => program.run(0, { from: 0, seed: 0 }), "steps is 0"],
    [
      "the chains of another program",
      () => program.restoreChains(new Uint8Array(7)),
      "the length of the saved chains is 7",
    ],
  ])("refuses %s", (_, act, message) => {
    expect(messageOf(act)).toContain(message);
  });
});

describe("compiling", () => {
  const build = (m: Tracer) => m.sum(m.parameter("w", [1000, 1000]));
  test.each<[string, Partial<CompileOptions>, RegExp]>([
    [
      "more memory than there is, by chains",
      { chains: 100_000 },
      /^the program needs \d+ MiB for 100000 chains and 3 steps a call, more than there is: take fewer chains or smaller batches$/,
    ],
    [
      "more memory than there is, by steps",
      { stepsPerCall: 1e9 },
      /^the program needs \d+ MiB for 2 chains and 1000000000 steps a call/,
    ],
    ["no chain", { chains: 0 }, /^chains is 0: needs a positive integer$/],
    ["half a step", { stepsPerCall: 0.5 }, /^stepsPerCall is 0.5: needs a positive integer$/],
    ["a precision that does not exist", { precision: "f16" as "f32" }, /^precision is "f16": needs f32 or f64$/],
  ])("refuses %s", (_, more, message) => {
    expect(messageOf(() => compiled(build, more))).toMatch(message);
  });

  type Parts = (m: Tracer, own: Graph, w: NodeOf<"parameter">) => Partial<Goal>;
  test.each<[string, Parts, string]>([
    [
      "an output called like a parameter",
      (m, _, w) => ({ outputs: { w: { node: m.sum(w), every: "step" } } }),
      'the name of an output is "w": needs to be new',
    ],
    [
      "two inputs of one name",
      (m, own, w) => {
        const [x, y] = [[2], [3]].map(shape => m.sum(own.node("input", [], { name: "x" }, shape)));
        return { updates: [{ parameter: w, node: m.mul(w, m.add(x, y)) }] };
      },
      'the name of an input is "x": needs to be new',
    ],
    [
      "an update of another shape",
      (m, _, w) => ({ updates: [{ parameter: w, node: m.sum(w) }] }),
      "the new value of w has shape []: needs [2]",
    ],
    [
      "two updates of one parameter",
      (m, _, w) => ({ updates: [m.neg(w), m.exp(w)].map(node => ({ parameter: w, node })) }),
      "parameter w is updated twice: needs one new value a step",
    ],
    [
      "indices as output",
      (_, own) => ({ outputs: { rows: { node: rowsOf(own, "numbers"), every: "call" } } }),
      "output rows is an index array: needs real numbers; convert makes them",
    ],
  ])("refuses %s", (_, parts, message) => {
    const own = graph();
    const { tracer: m } = tracer(own);
    const w = m.parameter("w", [2]) as NodeOf<"parameter">;
    expect(messageOf(() => compile(own, { outputs: {}, updates: [], ...parts(m, own, w) }, options))).toContain(
      message,
    );
  });
});

test("the interpreter names the array without values", () => {
  const own = graph();
  const { tracer: m } = tracer(own);
  const sum = m.sum(m.add(m.parameter("w", [2]), own.node("input", [], { name: "x" }, [2])));
  expect(messageOf(() => interpret([sum], { parameters: { w: [1, 2] } }))).toBe("input x has no values: needs 2");
  expect(messageOf(() => interpret([sum], { parameters: { w: [1] }, inputs: { x: [1, 2] } }))).toBe(
    "parameter w has 1 values: needs 2",
  );
});
