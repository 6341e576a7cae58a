import { describe, expect, test } from "vitest";
import { gradients } from "../../src/engine/derive/derivatives.ts";
import { graph } from "../../src/engine/graph/graph.ts";
import type { Node } from "../../src/engine/graph/node.ts";
import { ops } from "../../src/engine/graph/ops.ts";
import { type Shape, sizeOf } from "../../src/engine/graph/shape.ts";
import { type Tracer, tracer } from "../../src/engine/graph/tracer.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { compile } from "../../src/engine/program.ts";
import { at, type Plain, plain, randomValues, tabulate } from "./plain.ts";

/** A layer on an input of a shape, beside the same by loops over entries. */
interface Scene {
  readonly shape: Shape;
  build(m: Tracer, a: Node): Node;
  loops(a: Plain, parameters: { readonly [name: string]: Plain }): Plain;
}

const sum = (count: number, term: (i: number) => number): number => {
  let total = 0;
  for (let i = 0; i < count; i++) total += term(i);
  return total;
};

const linear = (a: Plain, weight: Plain, bias: Plain): Plain =>
  tabulate([...a.shape.slice(0, -1), bias.shape[0]], index => {
    const [j] = index.slice(-1);
    return at(bias, [j]) + sum(weight.shape[0], i => at(a, [...index.slice(0, -1), i]) * at(weight, [i, j]));
  });

const attention =
  (heads: number, causal: boolean): Scene["loops"] =>
  (a, parameters) => {
    const [samples, positions, width] = a.shape;
    const size = width / heads;
    const part = (name: string, b: Plain) => linear(b, parameters[`a.${name}.weight`], parameters[`a.${name}.bias`]);
    const [query, key, value] = ["query", "key", "value"].map(name => part(name, a));
    const mixed = tabulate([samples, positions, width], ([s, t, j]) => {
      const first = j - (j % size);
      const weights = Array.from({ length: causal ? t + 1 : positions }, (_, u) =>
        Math.exp(sum(size, i => at(query, [s, t, first + i]) * at(key, [s, u, first + i])) / Math.sqrt(size)),
      );
      const total = sum(weights.length, u => weights[u]);
      return sum(weights.length, u => (weights[u] / total) * at(value, [s, u, j]));
    });
    return part("output", mixed);
  };

const normalised =
  (isSameGroup: (index: readonly number[], other: readonly number[]) => boolean, epsilon = 1e-5): Scene["loops"] =>
  (a, parameters) => {
    const all: number[][] = [];
    tabulate(a.shape, index => all.push([...index]));
    return tabulate(a.shape, index => {
      const values = all.filter(other => isSameGroup(index, other)).map(other => at(a, other));
      const mean = sum(values.length, i => values[i]) / values.length;
      const variance = sum(values.length, i => (values[i] - mean) ** 2) / values.length;
      const last = index.slice(-1);
      return (
        ((at(a, index) - mean) / Math.sqrt(variance + epsilon)) * at(parameters["n.scale"], last) +
        at(parameters["n.shift"], last)
      );
    });
  };

const sameRow = (index: readonly number[], other: readonly number[]) =>
  index.slice(0, -1).join() === other.slice(0, -1).join();
const sameFeature = (index: readonly number[], other: readonly number[]) => index.at(-1) === other.at(-1);

/** Out of bounds reads are 0. */
const convolution =
  (stride: number, padding: "same" | "valid"): Scene["loops"] =>
  (a, parameters) => {
    const weight = parameters["c.weight"];
    const lengths = a.shape.slice(1, -1);
    const kernel = weight.shape.slice(0, -2);
    const outputs = lengths.map((length, i) =>
      padding === "same" ? Math.ceil(length / stride) : Math.ceil((length - kernel[i] + 1) / stride),
    );
    const before = lengths.map((length, i) =>
      padding === "same" ? Math.floor(Math.max((outputs[i] - 1) * stride + kernel[i] - length, 0) / 2) : 0,
    );
    const [inputs, channels] = weight.shape.slice(-2);
    return tabulate([a.shape[0], ...outputs, channels], index => {
      const [s, o] = [index[0], index.at(-1)!];
      const places = tabulate(kernel, place => {
        const position = place.map((k, i) => stride * index[1 + i] + k - before[i]);
        if (position.some((p, i) => p < 0 || p >= lengths[i])) return 0;
        return sum(inputs, c => at(a, [s, ...position, c]) * at(weight, [...place, c, o]));
      });
      return at(parameters["c.bias"], [o]) + sum(places.data.length, i => places.data[i]);
    });
  };

const scenes: { readonly [name: string]: Scene } = {
  "attention, one head": {
    shape: [2, 3, 4],
    build: (m, a) => m.selfAttention("a", a, { heads: 1 }),
    loops: attention(1, false),
  },
  "attention, causal, two heads": {
    shape: [3, 5, 6],
    build: (m, a) => m.selfAttention("a", a, { heads: 2, causal: true }),
    loops: attention(2, true),
  },
  "attention, causal, one position": {
    shape: [2, 1, 3],
    build: (m, a) => m.selfAttention("a", a, { heads: 3, causal: true }),
    loops: attention(3, true),
  },
  "layer normalisation": { shape: [3, 2, 5], build: (m, a) => m.layerNorm("n", a), loops: normalised(sameRow) },
  "layer normalisation, another epsilon": {
    shape: [4, 3],
    build: (m, a) => m.layerNorm("n", a, { epsilon: 0.5 }),
    loops: normalised(sameRow, 0.5),
  },
  "batch normalisation": { shape: [7, 3], build: (m, a) => m.batchNorm("n", a), loops: normalised(sameFeature) },
  "batch normalisation over positions": {
    shape: [3, 4, 2],
    build: (m, a) => m.batchNorm("n", a),
    loops: normalised(sameFeature),
  },
  "convolution in one dimension": {
    shape: [2, 7, 3],
    build: (m, a) => m.convolution("c", a, 4, { kernel: 3 }),
    loops: convolution(1, "valid"),
  },
  "convolution in one dimension, same, stride 3": {
    shape: [2, 8, 2],
    build: (m, a) => m.convolution("c", a, 3, { kernel: 5, stride: 3, padding: "same" }),
    loops: convolution(3, "same"),
  },
  "convolution in two dimensions, same": {
    shape: [2, 4, 5, 2],
    build: (m, a) => m.convolution("c", a, 3, { kernel: [3, 2], padding: "same" }),
    loops: convolution(1, "same"),
  },
  "convolution in two dimensions, stride 2": {
    shape: [2, 6, 7, 1],
    build: (m, a) => m.convolution("c", a, 2, { kernel: 3, stride: 2 }),
    loops: convolution(2, "valid"),
  },
  "convolution, kernel smaller than stride": {
    shape: [1, 8, 2],
    build: (m, a) => m.convolution("c", a, 2, { kernel: 1, stride: 3 }),
    loops: convolution(3, "valid"),
  },
};

/** A layer's result and a loss of it that weighs every entry differently, at random values. The input is a parameter or data, sample by sample. */
const stage = ({ shape, build }: Scene, isData = false) => {
  const own = graph();
  const { tracer: m } = tracer(own);
  const a = isData ? own.node("input", [], { name: "input", samples: true }, shape) : m.parameter("input", shape);
  const result = build(m, a);
  const weights = m.constant(randomValues(1, "weights", sizeOf(result.shape), [-1, 1]), result.shape);
  const loss = m.sum(m.mul(weights, result));
  const drawn = (name: string, shape: Shape) => [name, randomValues(2, name, sizeOf(shape), [-1.5, 1.5])] as const;
  const parameters: { readonly [name: string]: number[] } = Object.fromEntries(
    own.parameters.map(({ attributes: { name }, shape }) => drawn(name, shape)),
  );
  const inputs = isData ? Object.fromEntries([drawn("input", shape)]) : {};
  return {
    own,
    result,
    loss,
    parameters,
    inputs,
    slopes: gradients(own, ops(own), loss, own.parameters as readonly Node[]),
  };
};

const largest = (values: ArrayLike<number>): number => Math.max(...Array.from(values, Math.abs));

const expectNear = (found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) => {
  expect(found).toHaveLength(expected.length);
  const scale = Math.max(1, largest(expected));
  for (let i = 0; i < expected.length; i++)
    expect(Math.abs(found[i] - expected[i]), `entry ${i}`).toBeLessThan(tolerance * scale);
};

describe.each(Object.entries(scenes))("%s", (_, scene) => {
  test("is its formula", () => {
    const { own, result, parameters } = stage(scene);
    const values = Object.fromEntries(
      own.parameters.map(({ attributes: { name }, shape }) => [name, plain(shape, parameters[name])]),
    );
    const expected = scene.loops(values.input, values);
    expect(result.shape).toEqual(expected.shape);
    expectNear(interpret([result], { parameters })[0], expected.data, 1e-13);
  });

  test("has the gradient of finite differences", () => {
    const { own, loss, slopes, parameters } = stage(scene);
    const found = interpret(slopes, { parameters });
    const h = 2 ** -17;
    own.parameters.forEach(({ attributes: { name } }, k) => {
      const differences = parameters[name].map((value, i) => {
        const beside = (by: number) =>
          interpret([loss], { parameters: { ...parameters, [name]: parameters[name].with(i, value + by) } })[0][0];
        return (beside(h) - beside(-h)) / (2 * h);
      });
      expectNear(found[k], differences, 1e-8);
    });
  });

  test.each([
    ["f64", "a parameter", 1e-13],
    ["f32", "a parameter", 2e-5],
    ["f64", "data", 1e-13],
    ["f32", "data", 2e-5],
  ] as const)("compiles to the same values and gradients in %s, the input %s", (precision, kind, tolerance) => {
    const { own, result, loss, slopes, parameters, inputs } = stage(scene, kind === "data");
    const wanted = [result, loss, ...slopes];
    const outputs = Object.fromEntries(wanted.map((node, i) => [`${i}`, { node, every: "call" as const }]));
    const program = compile(own, { outputs, updates: [] }, { precision, chains: 1, stepsPerCall: 1 });
    for (const [name, data] of Object.entries({ ...parameters, ...inputs })) program.write(name, data);
    program.run(1, { from: 0, seed: 0 });
    interpret(wanted, { parameters, inputs }).forEach((expected, i) => {
      expectNear(program.read(`${i}`), expected, tolerance);
    });
  });

  test("names its parameters", () => {
    const { own } = stage(scene, true);
    expect(own.parameters.map(({ attributes, shape }) => `${attributes.name} ${shape.join()}`)).toMatchSnapshot();
  });
});

describe("dropout", () => {
  const kept = (rate: number, count = 4000) => {
    const own = graph();
    const { tracer: m } = tracer(own);
    const out = m.dropout(m.parameter("a", [count]), rate);
    const program = compile(
      own,
      { outputs: { out: { node: m.add(out, 0), every: "call" } }, updates: [] },
      { precision: "f64", chains: 1, stepsPerCall: 1 },
    );
    program.write("a", new Float64Array(count).fill(3));
    program.run(1, { from: 5, seed: 1 });
    return program.read("out");
  };

  test("keeps the mean, with a share of zeros", () => {
    const out = kept(0.2);
    expect(new Set(out)).toEqual(new Set([0, 3 / 0.8]));
    // Four standard errors of a share of 0.2.
    expect(Math.abs(out.filter(value => value === 0).length / out.length - 0.2)).toBeLessThan(
      4 * Math.sqrt(0.16 / out.length),
    );
  });

  test("at rate 0 is the array itself, and draws nothing", () => {
    const own = graph();
    const { tracer: m } = tracer(own);
    const a = m.parameter("a", [3]);
    expect(m.dropout(a, 0)).toBe(a);
  });
});

describe("refusals name the layer and what it needs", () => {
  const build = (make: (m: Tracer) => unknown) => () => make(tracer(graph()).tracer);
  test.each<[string, (m: Tracer) => unknown, RegExp]>([
    [
      "heads",
      m => m.selfAttention("one", m.parameter("x", [2, 3, 4]), { heads: 3 }),
      /heads of one is 3: .*divides the width 4/,
    ],
    [
      "positions",
      m => m.selfAttention("one", m.parameter("x", [4]), { heads: 1 }),
      /one at .* \[4\]: needs positions and their width/,
    ],
    ["epsilon", m => m.layerNorm("n", m.parameter("x", [4]), { epsilon: 0 }), /epsilon of n is 0/],
    ["samples", m => m.batchNorm("n", m.parameter("x", [4])), /n at .* \[4\]: needs samples/],
    ["axes", m => m.convolution("c", m.parameter("x", [4, 2]), 1, { kernel: 1 }), /c at .* \[4, 2\]: needs samples/],
    [
      "kernel",
      m => m.convolution("c", m.parameter("x", [2, 4, 2]), 1, { kernel: 5 }),
      /the kernel of c is 5: .*at most 4/,
    ],
    [
      "kernel axes",
      m => m.convolution("c", m.parameter("x", [2, 4, 2]), 1, { kernel: [1, 1] }),
      /the kernel of c has 2 axes/,
    ],
    [
      "stride",
      m => m.convolution("c", m.parameter("x", [2, 4, 2]), 1, { kernel: 1, stride: 0 }),
      /the stride of c is 0/,
    ],
    [
      "padding",
      m => m.convolution("c", m.parameter("x", [2, 4, 2]), 1, { kernel: 1, padding: "full" as "same" }),
      /the padding of c is "full"/,
    ],
    ["rate", m => m.dropout(m.parameter("x", [2]), 1), /the rate of dropout is 1/],
  ])("%s", (_, make, message) => {
    expect(build(make)).toThrow(message);
  });
});
