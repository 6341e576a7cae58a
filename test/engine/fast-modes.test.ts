import { setFlagsFromString } from "node:v8";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { type FastModes, useFastModes } from "../../src/engine/fast-modes.ts";
import { graph } from "../../src/engine/graph/graph.ts";
import { ops } from "../../src/engine/graph/ops.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { type Kernels, relaxedKernelsAvailable } from "../../src/engine/kernels/kernels.ts";
import { compile } from "../../src/engine/program.ts";
import type { PrecisionName } from "../../src/engine/wasm/precision.ts";
import { stream } from "../../src/numerics/stream.ts";
import { randomProgram, recipes } from "./random-graph.ts";
import { everything, fill } from "./simulation.ts";
import { precisionNames, ways } from "./ways.ts";

// Node 20 knows relaxed SIMD, but not by itself.
if (!relaxedKernelsAvailable()) setFlagsFromString("--experimental-wasm-relaxed-simd");
afterEach(() => useFastModes({}));

const M = 37;
const K = 300;
const N = 45;
const random = stream({ seed: 3, purpose: "product" });
const draw = (length: number) => Float64Array.from({ length }, () => Math.fround(random.normal()));
const [a, b] = [draw(M * K), draw(K * N)];

const own = graph();
const left = own.node("input", [], { name: "a" }, [M, K]);
const right = own.node("input", [], { name: "b" }, [K, N]);
const product = ops(own).matmul(left, right);
const [exact] = interpret([product], { inputs: { a, b } });

const multiply = (precision: PrecisionName, modes: FastModes = {}): Float64Array => {
  const goal = { outputs: { c: { node: product, every: "call" as const } }, updates: [] };
  const program = compile(own, goal, { precision, chains: 1, stepsPerCall: 1, ...modes });
  program.write("a", a);
  program.write("b", b);
  program.run(1, { from: 0, seed: 0 });
  return program.read("c");
};
const errorOf = (c: Float64Array): number =>
  c.reduce((most, value, i) => Math.max(most, Math.abs(value - exact[i])), 0);

/** Puts zeros in place of products, and keeps what it was called with. */
const zeros = () => {
  const calls: { memory: WebAssembly.Memory; kernels: Kernels }[] = [];
  const replaceKernels: FastModes["replaceKernels"] = (memory, kernels) => {
    calls.push({ memory, kernels });
    return { gemm32: (m, n, _k, _a, _b, _left, _right, c) => new Float32Array(memory.buffer, c, m * n).fill(0) };
  };
  return { calls, replaceKernels };
};

describe("relaxed", () => {
  test.each([
    ["f32", 3e-6 * Math.sqrt(K)],
    ["f64", 1e-14 * Math.sqrt(K)],
  ] as const)("a product in %s is within %d of the interpreter", (precision, bound) => {
    expect(errorOf(multiply(precision, { relaxed: true }))).toBeLessThan(bound);
  });
});

describe("vectors in pairs", () => {
  test("loops take two vectors at a time, with the same bits", () => {
    let longer = 0;
    const settings = fc.tuple(recipes(), fc.constantFrom(...ways), fc.constantFrom(...precisionNames), fc.nat(5));
    fc.assert(
      fc.property(settings, ([recipe, way, precision, more]) => {
        const program = { ...randomProgram(recipe, way), precision, chains: more + 1, steps: 2, seed: 5 };
        const [single, paired] = [false, true].map(inPairs => {
          const options = { precision, chains: more + 1, stepsPerCall: 2, inPairs };
          const compiled = compile(program.graph, program.goal, options);
          fill(compiled, program);
          compiled.run(2, { from: 0, seed: 5 });
          return { results: everything(compiled, program), bytes: compiled.code.length };
        });
        if (paired.bytes > single.bytes) longer++;
        expect(paired.results).toEqual(single.results);
      }),
      { seed: 18, numRuns: 60 },
    );
    // Or the test has shown nothing.
    expect(longer).toBeGreaterThan(15);
  });
});

describe("kernels that are replaced", () => {
  test("get the program's memory and those that they stand in for; the rest stays", () => {
    const { calls, replaceKernels } = zeros();
    expect(multiply("f32", { replaceKernels }).every(value => value === 0)).toBe(true);
    expect(calls).toHaveLength(1);
    expect(calls[0].kernels.gemmScratchBytes()).toBeGreaterThan(0);
    expect(multiply("f64", { replaceKernels })).toEqual(multiply("f64"));
  });
});

describe("what the thread uses", () => {
  test("goes for programs that are given none", () => {
    const { replaceKernels } = zeros();
    useFastModes({ replaceKernels });
    expect(multiply("f32").every(value => value === 0)).toBe(true);
    useFastModes({ relaxed: true });
    const relaxed = multiply("f32");
    useFastModes({});
    expect(relaxed).toEqual(multiply("f32", { relaxed: true }));
  });

  test("gives way to what a program is given", () => {
    const deterministic = multiply("f32");
    useFastModes({ relaxed: true, replaceKernels: zeros().replaceKernels });
    expect(multiply("f32", { relaxed: false, replaceKernels: () => ({}) })).toEqual(deterministic);
  });

  test("is the deterministic mode at the beginning and again after {}: every entry is that of the plain loop", () => {
    const before = multiply("f32");
    useFastModes({ relaxed: true });
    multiply("f32");
    useFastModes({});
    const after = multiply("f32");
    expect(after).toEqual(before);
    const f = Math.fround;
    const part = (i: number, j: number, from: number) => {
      let sum = 0;
      for (let k = from; k < Math.min(from + 128, K); k++) sum = f(sum + f(a[i * K + k] * b[k * N + j]));
      return sum;
    };
    const plain = (i: number, j: number) => f(f(part(i, j, 0) + part(i, j, 128)) + part(i, j, 256));
    expect(after).toEqual(Float64Array.from(after, (_, at) => plain(Math.floor(at / N), at % N)));
  });
});
