import { expect, test } from "vitest";
import { sortedQuantile } from "../../../src/numerics/statistics/quantile.ts";
import { mean, quantile, standardDeviation, variance } from "../../../src/numerics/statistics.ts";

test("mean, variance and standard deviation of small integers", () => {
  const values = [2, 4, 4, 4, 5, 5, 7, 9];
  expect(mean(values)).toBe(5);
  expect(variance(values)).toBe(32 / 7);
  expect(standardDeviation(values)).toBe(Math.sqrt(32 / 7));
});

test("a constant has its own value as mean and no variance, exactly", () => {
  const values = new Float64Array(1000).fill(0.1);
  expect(mean(values)).toBe(0.1);
  expect(variance(values)).toBe(0);
});

test("a large offset does not spoil the variance", () => {
  const values = [1, 2, 3, 4].map(x => x + 2 ** 40);
  expect(mean(values)).toBe(2 ** 40 + 2.5);
  expect(variance(values)).toBe(5 / 3);
});

test("quantiles interpolate between order statistics", () => {
  const values = [30, 10, 40, 20];
  expect([0, 0.25, 0.5, 0.75, 1].map(p => quantile(values, p))).toEqual([10, 17.5, 25, 32.5, 40]);
  expect(values).toEqual([30, 10, 40, 20]);
  expect(quantile([3], 0.7)).toBe(3);
  expect(quantile(Float64Array.of(-1, -10, 2), 0.5)).toBe(-1);
});

test("quantiles are those of sorted values, in any order and with ties", () => {
  for (let n = 1; n < 60; n++)
    for (const spread of [3, 1000]) {
      const values = Array.from({ length: n }, (_, i) => ((i * i * 7919 + i * 104729) % 1009) % spread);
      const sorted = Float64Array.from(values).sort();
      for (const p of [0, 0.1, 0.37, 0.5, 0.9, 1]) expect(quantile(values, p)).toBe(sortedQuantile(sorted, p));
    }
});

test("too few or not finite values are refused", () => {
  expect(() => mean([])).toThrow("the length of values is 0: needs at least 1");
  expect(() => variance([1])).toThrow("the length of values is 1: needs at least 2");
  expect(() => variance(Float64Array.of(1))).toThrow("the length of values is 1: needs at least 2");
  expect(() => standardDeviation([1, Number.NaN])).toThrow("values[1] is NaN: needs a finite number");
  expect(() => quantile([1, Infinity], 0.5)).toThrow("values[1] is Infinity: needs a finite number");
  expect(() => quantile([], 0.5)).toThrow("the length of values is 0");
  for (const p of [-0.1, 1.1, Number.NaN]) expect(() => quantile([1], p)).toThrow(`p is ${p}: needs`);
});
