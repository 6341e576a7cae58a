import { describe, expect, test } from "vitest";
import { graph } from "../../src/engine/graph/graph.ts";
import { ops } from "../../src/engine/graph/ops.ts";
import { tracer } from "../../src/engine/graph/tracer.ts";
import { model } from "../../src/engine/model.ts";
import { compile } from "../../src/engine/program.ts";
import { stream } from "../../src/numerics/stream.ts";
import { precisionNames, type Way, withBallast } from "./ways.ts";

/** The two normal and uniform arrays of one step of one chain, rounded as memory holds them. */
const expectedDraws = (precision: "f32" | "f64", size: number, seed: number, chain: number, step: number) => {
  const draws = (purpose: string, distribution: "normals" | "uniforms") => {
    const out = new Float64Array(size);
    stream({ seed, chain, purpose, step })[distribution](out);
    if (precision === "f64") return out;
    return out.map(value =>
      distribution === "uniforms" ? Math.min(Math.fround(value), 1 - 2 ** -24) : Math.fround(value),
    );
  };
  return {
    normal: draws("draw 0", "normals"),
    uniform: draws("draw 1", "uniforms"),
    other: draws("draw 2", "normals"),
  };
};

/** A program that shows its draws at every step; each is also used, so that it is not only copied. */
const drawing = (
  way: Exclude<Way, "samples">,
  precision: "f32" | "f64",
  chains: number,
  steps: number,
  size: number,
) => {
  const own = graph();
  const { tracer: m } = tracer(own);
  const [normal, uniform, other] = [m.normal([size]), m.uniform([size]), m.normal([size])];
  const walk = m.parameter("walk", [size]);
  const goal = {
    outputs: Object.fromEntries(
      Object.entries({ normal, uniform, other }).map(([name, node]) => [name, { node, every: "step" as const }]),
    ),
    updates: [{ parameter: own.parameters[0], node: m.add(walk, normal) }],
  };
  const full = way === "arrays" ? withBallast(own, ops(own), goal) : goal;
  const program = compile(own, full, { precision, chains, stepsPerCall: steps });
  expect(program.plan.lanes).toBe(way === "chains" ? "chains" : "entries");
  return program;
};

describe.each(precisionNames)("draws are those of the streams, %s", precision => {
  test.each([
    ["arrays", 3, 1],
    ["arrays", 2, 5],
    ["arrays", 1, 33],
    ["chains", 4, 1],
    ["chains", 5, 7],
    ["chains", 9, 8],
    ["chains", 1, 3],
  ] as const)("%s, %d chains, %d numbers", (way, chains, size) => {
    const program = drawing(way, precision, chains, 3, size);
    for (const { seed, from, firstChain } of [
      { seed: 0, from: 0, firstChain: 0 },
      { seed: 123, from: 7, firstChain: 100 },
      { seed: 2 ** 53 - 1, from: 2 ** 31 - 2, firstChain: 2 ** 31 - 2 },
      { seed: 2 ** 32, from: 2 ** 31 + 5, firstChain: 2 ** 32 - 20 },
      { seed: 2 ** 31 + 1, from: 2 ** 32 - 4, firstChain: 0 },
    ]) {
      for (let chain = 0; chain < chains; chain++) program.write("walk", new Float64Array(size), { chain });
      program.run(3, { from, seed, firstChain });
      for (let chain = 0; chain < chains; chain++) {
        const walk = precision === "f32" ? new Float32Array(size) : new Float64Array(size);
        for (let step = 0; step < 3; step++) {
          const expected = expectedDraws(precision, size, seed, firstChain + chain, from + step);
          for (const [name, values] of Object.entries(expected))
            expect(program.read(name, { chain, step })).toEqual(values);
          for (const [i, value] of expected.normal.entries()) walk[i] += value;
        }
        expect(program.read("walk", { chain })).toEqual(Float64Array.from(walk));
      }
    }
  });
});

test("a minibatch drawn inside a larger program uses its draws", () => {
  const own = graph();
  const { tracer: m } = tracer(own);
  const x = own.node("input", [], { name: "x", samples: true }, [6, 4]);
  const w = m.parameter("w", [4, 3]);
  const noisy = m.sum(m.square(m.matmul(m.add(x, m.normal([4])), m.add(w, m.normal([4, 3])))));
  const goal = { outputs: { noisy: { node: noisy, every: "step" as const } }, updates: [] };
  const program = compile(own, goal, { precision: "f64", chains: 1, stepsPerCall: 1 });
  const values = Array.from({ length: 24 }, (_, i) => i / 10);
  const weights = Array.from({ length: 12 }, (_, i) => (i - 5) / 7);
  program.write("x", values);
  program.write("w", weights);
  program.run(1, { from: 4, seed: 9 });
  const [shift, noise] = [new Float64Array(4), new Float64Array(12)];
  stream({ seed: 9, purpose: "draw 0", step: 4 }).normals(shift);
  stream({ seed: 9, purpose: "draw 1", step: 4 }).normals(noise);
  let expected = 0;
  for (let i = 0; i < 6; i++)
    for (let j = 0; j < 3; j++) {
      let sum = 0;
      for (let k = 0; k < 4; k++) sum += (values[4 * i + k] + shift[k]) * (weights[3 * k + j] + noise[3 * k + j]);
      expected += sum * sum;
    }
  expect(Math.abs(program.readNumber("noisy") - expected)).toBeLessThan(1e-13 * expected);
});

test("starts are drawn by seed, chain and name, at the asked width", () => {
  const net = model(m => {
    const given = m.parameter("given", [2], [3, 4]);
    const all = [
      m.parameter("constant", [3], 0.25),
      m.parameter("normal", [2, 3], { normal: 0.5 }),
      m.parameter("uniform", [5], { uniform: 2 }),
      m.parameter("usual", [3, 4, 2]),
      m.parameter("bias", [4]),
      given,
    ];
    return all.map(node => m.sum(node)).reduce((sum, node) => m.add(sum, node));
  });
  const trace = net.trace(() => ({}));
  const start = (name: string, seed = 1, chain = 2) =>
    trace.start(trace.parameters.find(({ attributes }) => attributes.name === name)!, { seed, chain });
  const draws = (name: string, size: number, kind: "normals" | "uniforms", seed = 1, chain = 2) => {
    const out = new Float64Array(size);
    stream({ seed, chain, purpose: `start ${name}` })[kind](out);
    return out;
  };
  expect(start("given")).toEqual(Float64Array.of(3, 4));
  expect(start("constant")).toEqual(new Float64Array(3).fill(0.25));
  expect(start("bias")).toEqual(new Float64Array(4));
  expect(start("normal")).toEqual(draws("normal", 6, "normals").map(x => 0.5 * x));
  expect(start("normal", 5, 0)).toEqual(draws("normal", 6, "normals", 5, 0).map(x => 0.5 * x));
  expect(start("uniform")).toEqual(draws("uniform", 5, "uniforms").map(x => 2 * (2 * x - 1)));
  // Variance 1 / 12: the entries of all axes but the last.
  expect(start("usual")).toEqual(draws("usual", 24, "normals").map(x => Math.sqrt(1 / 12) * x));
});
