import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gradients } from "../../src/engine/derive/derivatives.ts";
import { graph } from "../../src/engine/graph/graph.ts";
import type { Node } from "../../src/engine/graph/node.ts";
import { ops } from "../../src/engine/graph/ops.ts";
import { type Tracer, tracer } from "../../src/engine/graph/tracer.ts";
import { compile } from "../../src/engine/program.ts";
import type { PrecisionName } from "../../src/engine/wasm/precision.ts";

interface Setting {
  readonly shape: readonly number[];
  readonly values: readonly number[] | Float64Array;
  readonly precision?: PrecisionName;
  /** Four chains run side by side in lanes, one has entries in them. */
  readonly chains?: 1 | 4;
}

/** A number that a function makes of one parameter, and its derivative by it. */
const compiled = (
  build: (m: Tracer, a: Node) => Node,
  { shape, values, precision = "f32", chains = 1 }: Setting,
): { readonly value: Float64Array; readonly gradient: Float64Array } => {
  const own = graph();
  const { tracer: m } = tracer(own);
  const a = m.parameter("a", shape);
  const result = build(m, a);
  const [gradient] = gradients(own, ops(own), m.sum(result), [a]);
  const outputs = {
    value: { node: result, every: "call" as const },
    gradient: { node: gradient, every: "call" as const },
  };
  const program = compile(own, { outputs, updates: [] }, { precision, chains, stepsPerCall: 1 });
  for (let chain = 0; chain < chains; chain++) program.write("a", values as ArrayLike<number>, { chain });
  program.run(1, { from: 0, seed: 0 });
  const copy = { chain: chains - 1 };
  return { value: program.read("value", copy), gradient: program.read("gradient", copy) };
};

/** What is right for logits as float32 holds them, in float64 and by differences. */
const exactCrossEntropy = (logits: readonly number[], label: number) => {
  const own = Math.fround(logits[label]);
  const others = logits.map((logit, i) => (i === label ? Number.NEGATIVE_INFINITY : Math.fround(logit) - own));
  const most = Math.max(0, ...others);
  const total = others.reduce((sum, other) => sum + Math.exp(other - most), Math.exp(-most));
  const loss =
    most === 0 ? Math.log1p(others.reduce((sum, other) => sum + Math.exp(other), 0)) : most + Math.log(total);
  const shares = others.map(other => Math.exp(other - most) / total);
  const missing = shares.reduce((sum, share) => sum + share, 0);
  return { loss, gradient: shares.map((share, i) => (i === label ? -missing : share)) };
};

describe.each([1, 4] as const)("cross-entropy in float32, %d at a time", chains => {
  test("is within 1e-3 of float64 whatever is added to all logits, for margins up to 10", () => {
    const cases = fc.record({
      offset: fc.constantFrom(0, 1, -1e3, 1e4, 1e5, -1e5),
      differences: fc.array(fc.double({ min: -10, max: 0, noNaN: true }), { minLength: 1, maxLength: 6 }),
      top: fc.nat(),
      label: fc.nat(),
    });
    fc.assert(
      fc.property(cases, ({ offset, differences, top, label }) => {
        const all = [...differences];
        all.splice(top % (all.length + 1), 0, 0);
        const logits = all.map(difference => Math.fround(offset + difference));
        const own = label % logits.length;
        const exact = exactCrossEntropy(logits, own);
        const { value, gradient } = compiled((m, a) => m.crossEntropy(a, m.indices([own])), {
          shape: [1, logits.length],
          values: logits,
          chains,
        });
        expect(Math.abs(value[0] / exact.loss - 1)).toBeLessThan(1e-3);
        for (const [i, slope] of exact.gradient.entries())
          expect(Math.abs(gradient[i] / slope - 1), `entry ${i}`).toBeLessThan(1e-3);
      }),
      { numRuns: 150, seed: 20 },
    );
  });

  test.each([16, 40, 80])("keeps its digits at a margin of %d", margin => {
    const exact = exactCrossEntropy([margin, 0], 0);
    const { value, gradient } = compiled((m, a) => m.crossEntropy(a, m.indices([0])), {
      shape: [1, 2],
      values: [margin, 0],
      chains,
    });
    expect(value[0] / exact.loss).toBeCloseTo(1, 5);
    expect(gradient[0] / exact.gradient[0]).toBeCloseTo(1, 5);
    expect(gradient[1] / exact.gradient[1]).toBeCloseTo(1, 5);
  });

  test("one class has no loss, and a class that cannot be has no share", () => {
    const single = compiled((m, a) => m.crossEntropy(a, m.indices([0])), { shape: [1, 1], values: [7], chains });
    expect([...single.value, ...single.gradient]).toEqual([0, 0]);
    const masked = compiled(
      (m, a) => m.crossEntropy(m.add(a, m.constant([0, Number.NEGATIVE_INFINITY, 0])), m.indices([0])),
      { shape: [1, 3], values: [1, 5, 1], chains },
    );
    expect(masked.value[0]).toBeCloseTo(Math.log(2), 6);
    expect([...masked.gradient]).toEqual([-0.5, 0, 0.5]);
  });
});

describe.each(["f32", "f64"] as const)("functions that are small where their argument is far below, %s", precision => {
  const digits = { f32: 1e-6, f64: 1e-14 }[precision];
  const far = [-60, -20, -10, -3, -0.5, 0, 0.5, 3, 20];
  test("softplus and its slope", () => {
    const { value, gradient } = compiled((m, a) => m.softplus(a), { shape: [far.length], values: far, precision });
    far.forEach((x, i) => {
      const exact = Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      expect(Math.abs(value[i] / exact - 1), `at ${x}`).toBeLessThan(digits);
      const slope = x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));
      expect(Math.abs(gradient[i] / slope - 1), `slope at ${x}`).toBeLessThan(digits);
    });
  });
  test("logSoftmax of the largest and logSumExp beside 0", () => {
    for (const x of far.filter(each => each < 0)) {
      const small = Math.log1p(Math.exp(x));
      const of = (build: (m: Tracer, a: Node) => Node, values: number[]) =>
        compiled(build, { shape: [2], values, precision }).value;
      expect(Math.abs(of((m, a) => m.logSoftmax(a), [0, x])[0] / -small - 1)).toBeLessThan(digits);
      expect(Math.abs(of((m, a) => m.logSumExp(a), [x, 0])[0] / small - 1)).toBeLessThan(digits);
      expect(of((m, a) => m.logSumExp(a), [x, x])[0]).toBeCloseTo(x + Math.log(2), 5);
    }
  });
  test("logSoftmax does not depend on what is added to all", () => {
    const values = [0, -1.5, -3, -0.25];
    const at = (offset: number) =>
      compiled((m, a) => m.logSoftmax(a), { shape: [4], values: values.map(x => x + offset), precision }).value;
    expect([...at(4096)]).toEqual([...at(0)]);
  });
});

describe("sums of many in float32", () => {
  const close = (found: ArrayLike<number>, exact: number) => {
    for (const value of Array.from(found)) expect(Math.abs(value / exact - 1)).toBeLessThan(1e-6);
  };
  const filled = (size: number, value: number) => new Float64Array(size).fill(value);

  test.each([1000, 33_333, 1_000_000])("the mean of %d equal numbers is that number, and so is its slope", n => {
    for (const value of [0.1, 0.7, 1e-3, 123.456]) {
      const { value: found } = compiled((m, a) => m.mean(a), { shape: [n], values: filled(n, value) });
      close(found, Math.fround(value));
      const weighted = compiled((m, w) => m.mean(m.mul(w, m.constant(filled(n, value)))), { shape: [], values: [1] });
      close(weighted.value, Math.fround(value));
      close(weighted.gradient, Math.fround(value));
    }
  });

  test.each([
    [[100_000, 3], 0],
    [[3, 100_000], 1],
    [[50_001, 7], 0],
    [
      [300, 5, 300],
      [0, 2],
    ],
    [
      [300, 300, 4],
      [0, 1],
    ],
    [
      [4, 33, 33],
      [1, 2],
    ],
    [[2, 20_000, 5], 1],
  ] as const)("over axes of %j: %j", (shape, axes) => {
    const size = shape.reduce((product: number, length) => product * length, 1);
    close(compiled((m, a) => m.mean(a, axes), { shape, values: filled(size, 0.3) }).value, Math.fround(0.3));
  });

  test("in every chain of an ensemble", () => {
    const n = 700;
    close(compiled((m, a) => m.mean(a), { shape: [n], values: filled(n, 0.1), chains: 4 }).value, Math.fround(0.1));
  });

  test("by rows that are named again and again", () => {
    const n = 200_000;
    const { gradient } = compiled(
      (m, a) => m.mul(m.sum(m.gather(a, m.indices(Array.from({ length: n }, (_, i) => i % 2)))), 1 / n),
      { shape: [2, 1], values: [1, 1] },
    );
    close(gradient, 0.5);
  });

  test("of numbers of many sizes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 2 ** 30 }), (n, seed) => {
        const values = Array.from({ length: n }, (_, i) => Math.fround(((i * seed) % 1009) / 1009));
        const exact = values.reduce((sum, value) => sum + value, 0) / n;
        const { value } = compiled((m, a) => m.mean(a), { shape: [n], values });
        expect(Math.abs(value[0] - exact)).toBeLessThanOrEqual(1e-6 * exact);
      }),
      { numRuns: 60, seed: 21 },
    );
  });
});
