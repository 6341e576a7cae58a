import { expect, test } from "vitest";
import { longRunCovariance } from "../../../src/numerics/statistics/long-run-covariance.ts";
import { stream } from "../../../src/numerics/stream.ts";

/** x_t = r x_(t-1) + noise: the variance of its sum is n / (1 - r)^2. */
const autoregressive = (r: number, n: number, purpose: string): Float64Array => {
  const random = stream({ seed: 2, purpose });
  const out = new Float64Array(n);
  let x = random.normal() / Math.sqrt(1 - r * r);
  for (let t = 0; t < n; t++) {
    x = r * x + random.normal();
    out[t] = x;
  }
  return out;
};

test.each([0, 0.5, 0.8, -0.5])("variance of the sum of an autoregressive series, r = %s", r => {
  const n = 20_000;
  const [[variance]] = longRunCovariance([autoregressive(r, n, `series ${r}`)]);
  const ratio = variance / (n / ((1 - r) * (1 - r)));
  expect(ratio).toBeGreaterThan(0.8);
  expect(ratio).toBeLessThan(1.2);
});

test("components that are multiples of each other have a matrix of rank 1, in both orders", () => {
  const a = autoregressive(0.6, 500, "one");
  const [[aa, ab], [ba, bb]] = longRunCovariance([a, a.map(value => -3 * value)]);
  expect(ab).toBeCloseTo(-3 * aa, 6);
  expect(ba).toBe(ab);
  expect(bb).toBeCloseTo(9 * aa, 6);
});

test("of ones: Bartlett's sum over the lags within Andrews' bandwidth 1.1447 (alpha n)^(1/3)", () => {
  // The most that is taken out, 0.97, leaves 0.03 everywhere but at the first place, which is as correlated again.
  const [n, r] = [3000, 0.97];
  const [first, rest] = [Math.sqrt(1 - r * r), 1 - r];
  const alpha = (4 * r * r) / ((1 - r) ** 2 * (1 + r) ** 2);
  const bandwidth = 1.1447 * Math.cbrt(alpha * n);
  let sum = first * first + (n - 1) * rest * rest;
  for (let lag = 1; lag < bandwidth; lag++)
    sum += 2 * (1 - lag / bandwidth) * (first * rest + (n - 1 - lag) * rest * rest);
  const [[variance]] = longRunCovariance([new Float64Array(n).fill(1)]);
  expect(variance / (sum / (1 - r) ** 2)).toBeCloseTo(1, 10);
});

test("nothing has no variance", () => {
  expect(longRunCovariance([new Float64Array(10)])).toEqual([[0]]);
});
