import { expect, test } from "vitest";
import { correlation, rankCorrelation } from "../../../src/numerics/statistics.ts";

test("Pearson's coefficient by hand, of lines, and of what does not vary", () => {
  expect(correlation([1, 2, 3, 4], [2, 1, 4, 3])).toBeCloseTo(0.6, 14);
  expect(correlation([1, 2, 3], [-10, -20, -30])).toBeCloseTo(-1, 14);
  expect(correlation([1, 1, 1], [1, 2, 3])).toBeNaN();
});

test("ranks: only the order counts, equal values share their ranks", () => {
  expect(rankCorrelation([1, 2, 3, 4], [1, 10, 100, 1000])).toBeCloseTo(1, 14);
  // Ranks 1.5, 1.5, 3 against 1, 2, 3.
  expect(rankCorrelation([5, 5, 9], [0, 1, 2])).toBeCloseTo(1.5 / Math.sqrt(1.5 * 2), 14);
});
