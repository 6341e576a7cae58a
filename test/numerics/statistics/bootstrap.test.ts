import { expect, test } from "vitest";
import { bootstrap, mean, quantile, standardDeviation } from "../../../src/numerics/statistics.ts";
import { stream } from "../../../src/numerics/stream.ts";

const normals = (chain: number, n: number): Float64Array => {
  const out = new Float64Array(n);
  stream({ seed: 5, chain, purpose: "data" }).normals(out);
  return out;
};

test("the 95 % interval of a mean covers it in 95 % of 300 datasets, within binomial error", () => {
  const datasets = 300;
  let covered = 0;
  for (let chain = 0; chain < datasets; chain++) {
    const source = stream({ seed: 5, chain, purpose: "resample" });
    const { low, high } = bootstrap(normals(chain, 100), mean, { stream: source, resamples: 400 });
    if (low <= 0 && high >= 0) covered++;
  }
  expect(Math.abs(covered / datasets - 0.95)).toBeLessThan(3 * Math.sqrt((0.95 * 0.05) / datasets));
});

test("the standard error of a mean is sigma / sqrt n", () => {
  const values = normals(1, 400);
  const resamples = 4000;
  const { estimate, standardError } = bootstrap(values, mean, {
    stream: stream({ seed: 6, purpose: "resample" }),
    resamples,
  });
  expect(estimate).toBe(mean(values));
  const exact = standardDeviation(values) / Math.sqrt(values.length);
  expect(Math.abs(standardError / exact - 1)).toBeLessThan(4 / Math.sqrt(2 * resamples));
});

test("reproducible from its stream, and leaves the values alone", () => {
  const values = Array.from(normals(2, 30));
  const copy = [...values];
  const run = () =>
    bootstrap(values, sample => quantile(sample, 0.5), {
      stream: stream({ seed: 7, purpose: "resample" }),
      resamples: 50,
      level: 0.9,
    });
  expect(run()).toEqual(run());
  expect(values).toEqual(copy);
  expect(run().low).toBeLessThan(run().high);
});

test("refuses what it cannot use", () => {
  const source = stream({ seed: 1, purpose: "resample" });
  expect(() => bootstrap([1], mean, { stream: source })).toThrow("the length of values is 1: needs at least 2");
  expect(() => bootstrap([1, 2], mean, { stream: source, resamples: 1 })).toThrow("resamples is 1: needs");
  expect(() => bootstrap([1, 2], mean, { stream: source, level: 1 })).toThrow("level is 1: needs");
  expect(() => bootstrap([1, 2], () => Number.NaN, { stream: source })).toThrow(
    "statistic of the values is NaN: needs",
  );
});
