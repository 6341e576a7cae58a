import { expect, test } from "vitest";
import { wilson } from "../../../src/numerics/statistics.ts";

/** Newcombe, Statistics in Medicine 17 (1998) 857, table I: method 3 (score, no continuity correction), four digits. */
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])("%d of %d, as published", (successes, trials, low, high) => {
  const interval = wilson(successes, trials);
  expect(interval.estimate).toBe(successes / trials);
  expect(Math.abs(interval.low - low)).toBeLessThanOrEqual(0.00005);
  expect(Math.abs(interval.high - high)).toBeLessThanOrEqual(0.00005);
});

test("its ends are the p at which the score (estimate - p) / sqrt(p (1 - p) / n) is z", () => {
  const z = 2.5758293035489004;
  const { estimate, low, high } = wilson(7, 23, 0.99);
  for (const [p, score] of [
    [low, z],
    [high, -z],
  ])
    expect(Math.abs((estimate - p) / Math.sqrt((p * (1 - p)) / 23) - score)).toBeLessThan(1e-13);
});

test("mirrors exactly at none and all", () => {
  expect(wilson(0, 10).low).toBe(0);
  expect(wilson(10, 10).high).toBe(1);
  expect(Math.abs(wilson(10, 10).low + wilson(0, 10).high - 1)).toBeLessThan(1e-15);
});

test("refuses impossible counts and levels", () => {
  expect(() => wilson(0, 0)).toThrow("trials is 0: needs an integer >= 1");
  expect(() => wilson(5, 4)).toThrow("successes is 5: needs an integer from 0 to 4");
  expect(() => wilson(-1, 4)).toThrow("successes is -1: needs");
  expect(() => wilson(0.5, 4)).toThrow("successes is 0.5: needs");
  expect(() => wilson(1, 4, 1)).toThrow("level is 1: needs");
});
