import { expect, test } from "vitest";
import { readFields } from "../../../../src/contracts/field.ts";
import type { JsonObject } from "../../../../src/contracts/json.ts";
import { integrate } from "../../../../src/numerics/ode/integrate.ts";
import { effectiveFlow, fullSlope } from "../../../../src/systems/embedding/theory/flow.ts";
import { embeddingTheory } from "../../../../src/systems/embedding/theory/index.ts";
import { allPairs, allParallelograms, markedPairs } from "../../../../src/systems/embedding/theory/pairs.ts";
import { additionQuality } from "../../../../src/systems/embedding/theory/quality.ts";
import { normalisations, rowsOf, within } from "../../../../src/systems/embedding/theory/training-set.ts";

const ask = (name: keyof typeof embeddingTheory, input: JsonObject) => {
  const { inputs, evaluate } = embeddingTheory[name];
  return evaluate(readFields(inputs, input) as never) as { readonly [field: string]: unknown };
};

test("grokking time of all pairs of ten symbols: 3/35 as a mean, 20/3 as a sum", () => {
  const mean = ask("grokking-time", { normalisation: "mean" });
  expect(mean.lambda3).toBeCloseTo(3 / 35, 12);
  expect(mean.steps).toBeCloseTo(11666.6667, 3);
  const sum = ask("grokking-time", { normalisation: "sum" });
  expect(sum.lambda3).toBeCloseTo(20 / 3, 10);
  expect(sum.steps).toBeCloseTo(150, 8);
  expect(ask("grokking-time", { p: 4, train: [[0, 0], [3, 3]], normalisation: "mean" })).toEqual({ lambda3: 0, steps: null }); // biome-ignore format: pairs in a row
});

const START = [0.3, -0.9, 1.4, 0.2, -0.6, 1.1];
const train = allPairs(6).filter((_, place) => place % 4 !== 1);
const links = within(allParallelograms(6), markedPairs(6, train));

test.each(normalisations)("flow with l_0 as a %s: the closed form follows the gradient of l_0 / Z_0", normalisation => {
  const rows = rowsOf(6, links);
  const slope = (_: number, E: Float64Array, out: Float64Array) => void fullSlope(rows, normalisation, E, out);
  const Z0 = START.reduce((sum, value) => sum + value * value, 0);
  const times = [0, 0.5, 2];
  const flow = effectiveFlow(6, links, START, { normalisation, Z0 });
  integrate(slope, START, times, { tolerance: 1e-11 }).forEach((state, i) => {
    flow.at(times[i]).normalised.forEach((value, k) => {
      expect(state[k]).toBeCloseTo(value, 8);
    });
  });
  // dC/dt = (2 l_0 / Z_0^2) C
  const out = new Float64Array(6);
  const l0 = fullSlope(rows, normalisation, START, out);
  const total = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0);
  expect(total(out)).toBeCloseTo(((2 * l0) / (Z0 * Z0)) * total(START), 12);
  const asked = ask("effective-flow", { p: 6, train, E0: START, Z0, t: [2], normalisation }) as {
    rows: { normalized: Float64Array; linear: Float64Array; l_eff_normalized: number }[];
  };
  expect(asked.rows[0].normalized).toEqual(flow.at(2).normalised);
});

test("a mean is a sum in slower time", () => {
  const at = (normalisation: "mean" | "sum", t: number) =>
    effectiveFlow(6, links, START, { normalisation, Z0: 6 }).at(t);
  at("mean", 3).linear.forEach((value, k) => {
    expect(at("sum", 3 / links.length).linear[k]).toBeCloseTo(value, 12);
  });
});

test("quality: shift, scale and reflection of embeddings change nothing; delta and ddof do", () => {
  const values = START.map((value, k) => k + 0.05 * value);
  const index = (E: readonly number[], options?: { delta: number; ddof: number }) =>
    additionQuality(6, options).index({ values: E, dimensions: 1 });
  expect(index(values.map(value => 4 - 3 * value))).toBe(index(values));
  expect(index(values, { delta: 0.01, ddof: 1 })).toBeLessThan(index(values, { delta: 0.5, ddof: 1 }));
  // The same embedding twice: the mean over dimensions is that of one.
  const twice = values.flatMap(value => [value, value]);
  expect(additionQuality(6).index({ values: twice, dimensions: 2 })).toBe(index(values));
});

test("sampled fractions: none below the least size, all with all pairs", () => {
  expect(ask("sampled-fraction", { p: 5, k: 4, draws: 50 })).toMatchObject({ unique: 0, share: 0 });
  expect(ask("sampled-fraction", { p: 5, k: 15, draws: 3 })).toMatchObject({ unique: 3, share: 1, standardError: 0 });
  expect(() => ask("sampled-fraction", { p: 5, k: 16 })).toThrow(/^k is 16: needs at most the 15 pairs of 5 symbols$/);
});
