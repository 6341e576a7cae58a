import { describe, expect, test } from "vitest";
import { binomialSample } from "../../src/numerics/binomial-sample.ts";
import { logGamma } from "../../src/numerics/log-gamma.ts";
import { stream } from "../../src/numerics/stream.ts";

const DRAWS = 20_000;

describe.each([
  [7, 0.3],
  [100, 0.02],
  [40, 0.5],
  [500, 0.13],
  [60, 0.93],
])("n = %d, p = %d", (n, p) => {
  test("frequencies are those of the binomial law, by chi-squared", () => {
    const random = stream({ seed: 2, purpose: "binomial" });
    const seen = new Float64Array(n + 1);
    for (let i = 0; i < DRAWS; i++) seen[binomialSample(n, p, random)]++;
    let [chi2, cells] = [0, 0];
    for (let k = 0; k <= n; k++) {
      const log = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p);
      const expected = DRAWS * Math.exp(log);
      if (expected < 5) continue;
      chi2 += (seen[k] - expected) ** 2 / expected;
      cells++;
    }
    expect(chi2).toBeLessThan(cells + 4 * Math.sqrt(2 * cells));
  });
});

test("certain numbers of successes, and what is no law", () => {
  const random = stream({ seed: 1, purpose: "binomial" });
  expect([binomialSample(0, 0.5, random), binomialSample(9, 0, random), binomialSample(9, 1, random)]).toEqual([
    0, 0, 9,
  ]);
  expect(() => binomialSample(-1, 0.5, random)).toThrow("n is -1");
  expect(() => binomialSample(1, 1.5, random)).toThrow("p is 1.5");
});
