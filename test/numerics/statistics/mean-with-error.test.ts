import { describe, expect, test } from "vitest";
import { cappedEffectiveSize, meanWithError, standardDeviation } from "../../../src/numerics/statistics.ts";
import { stream } from "../../../src/numerics/stream.ts";

/** x_i = phi x_(i-1) + noise, started in its stationary law: n (1 - phi) / (1 + phi) effective draws. */
const autoregression = (phi: number, n: number, chain = 0): Float64Array => {
  const source = stream({ seed: 11, chain, purpose: "autoregression" });
  const series = new Float64Array(n);
  series[0] = source.normal() / Math.sqrt(1 - phi * phi);
  for (let i = 1; i < n; i++) series[i] = phi * series[i - 1] + source.normal();
  return series;
};

describe("cappedEffectiveSize", () => {
  test.each([0, 0.5, 0.9, 0.98])("of an autoregression with phi = %d, within 10 %", phi => {
    const n = 400_000;
    const exact = (n * (1 - phi)) / (1 + phi);
    expect(Math.abs(cappedEffectiveSize(autoregression(phi, n)) / exact - 1)).toBeLessThan(0.1);
  });

  test("never exceeds the length, even for an alternating series", () => {
    expect(cappedEffectiveSize(autoregression(-0.7, 1000))).toBe(1000);
    expect(cappedEffectiveSize([1, -1, 1, -1, 1, -1])).toBe(6);
  });

  test("a straight line is worth few draws, at least one", () => {
    const line = Float64Array.from({ length: 1000 }, (_, i) => i);
    expect(cappedEffectiveSize(line)).toBeGreaterThanOrEqual(1);
    expect(cappedEffectiveSize(line)).toBeLessThan(5);
  });

  test("follows Geyer's definition on a series of six", () => {
    // Centred: -2 -1 0 0 1 2, autocovariances times 6: 10, 4, -1: rho pairs 1.4, then negative: tau = 1.8.
    expect(cappedEffectiveSize([-2, -1, 0, 0, 1, 2])).toBe(6 / (-1 + 2 * ((10 / 6 + 4 / 6) / (10 / 6))));
  });
});

test("a pair of correlations above the one before counts as that one", () => {
  // Sums of products at lags 0 to 7: 16 and 4, then pairs of 1, 2 and -4: tau = -1 + 2 (20 + 1 + 1) / 16.
  expect(cappedEffectiveSize([-1, -1, 0, -1, -1, 0, 1, -1, -1, 2, 1, 2])).toBeCloseTo(12 / 1.75, 12);
});

describe("meanWithError", () => {
  test("of a constant: no error, every draw counts", () => {
    expect(meanWithError([0.1, 0.1, 0.1, 0.1, 0.1])).toEqual({ mean: 0.1, standardError: 0, effectiveSamples: 5 });
  });

  test("is the standard deviation over the root of the effective draws", () => {
    const series = autoregression(0.5, 100);
    const { standardError, effectiveSamples } = meanWithError(series);
    expect(effectiveSamples).toBe(cappedEffectiveSize(series));
    expect(standardError).toBe(standardDeviation(series) / Math.sqrt(effectiveSamples));
  });

  test("its error is the spread of the mean over 400 series", () => {
    const runs = Array.from({ length: 400 }, (_, chain) => meanWithError(autoregression(0.8, 2000, chain)));
    const meanSquaredScore = runs.reduce((sum, run) => sum + (run.mean / run.standardError) ** 2, 0) / runs.length;
    // A squared standard normal has variance 2; the estimated error adds a bias of a few per cent.
    expect(Math.abs(meanSquaredScore - 1)).toBeLessThan(3 * Math.sqrt(2 / runs.length) + 0.05);
  });

  test("refuses fewer than four values, and not-a-number", () => {
    expect(() => meanWithError([1, 2, 3])).toThrow("the length of series is 3: needs at least 4");
    expect(() => cappedEffectiveSize([1, 2, Number.NaN, 3])).toThrow("series[2] is NaN: needs a finite number");
  });
});
