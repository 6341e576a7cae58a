import { expect, test } from "vitest";
import { quantileInterval } from "../../../src/numerics/statistics/quantile-interval.ts";
import { wilson } from "../../../src/numerics/statistics.ts";
import { stream } from "../../../src/numerics/stream.ts";

test.each([
  [0.5, 40],
  [0.95, 200],
  [0.95, 4000],
])(
  "of skewed values the interval of the %d-quantile holds the true one in 95 % of samples or a little more, n = %d",
  (p, n) => {
    const draws = stream({ seed: 3, purpose: "quantiles" });
    const trials = 1000;
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      // u^3 of uniform u: the p-quantile is p^3.
      const values = Float64Array.from({ length: n }, () => draws.uniform() ** 3);
      const { estimate, low, high } = quantileInterval(values, p);
      expect(low <= estimate && estimate <= high).toBe(true);
      if (low <= p ** 3 && p ** 3 <= high) covered++;
    }
    const { low, high } = wilson(covered, trials);
    expect(high).toBeGreaterThan(0.95);
    expect(low).toBeLessThan(0.985);
  },
);

test.each([0.25, 0.5, 0.75])("mirrored values have the mirrored interval, p = %d", p => {
  const values = Array.from({ length: 100 }, (_, i) => i * i);
  const { low, high } = quantileInterval(values, p);
  const mirrored = quantileInterval(
    values.map(value => -value),
    1 - p,
  );
  expect([-mirrored.high, -mirrored.low]).toEqual([low, high]);
});

test("too few values have no finite end", () => {
  expect(quantileInterval([1, 2, 3], 0.95)).toMatchObject({ high: Infinity });
  expect(quantileInterval([1, 2, 3], 0.05)).toMatchObject({ low: -Infinity });
  expect(() => quantileInterval([], 0.5)).toThrow(/^the length of values is 0/);
});
