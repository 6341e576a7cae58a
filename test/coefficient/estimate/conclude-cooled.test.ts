import { expect, test } from "vitest";
import { longPrior } from "../../../src/coefficient/estimate/asymptotics.ts";
import { concludeCooled } from "../../../src/coefficient/estimate/conclude-cooled.ts";
import type { Row } from "../../../src/coefficient/estimate/row.ts";
import type { Scan } from "../../../src/coefficient/estimate/scan.ts";

const ERROR = 0.005;

/** Rows at one localiser, each 32 times colder than the one before. */
const scanOf = (values: readonly number[], ended: Scan["ended"] = "weakest"): Scan => ({
  rows: values.map(
    (value, k) =>
      ({
        ...{ value, energy: value, error: ERROR, nBeta: 1e4 * 32 ** k, gamma: 64 },
        ...{ byTemperature: 0, slopeError: 1, byPull: 0, pullError: 1, rHat: 1, ess: 1000, virial: 1 },
      }) as unknown as Row,
  ),
  ...{ warmer: [], within: values.length, settled: false, held: false, ended, traces: [] },
});

const bounds = { floor: 3 / 2, ceiling: 3, prior: longPrior(6) };
const conclusionOf = (values: readonly number[], ended?: Scan["ended"]) =>
  concludeCooled(scanOf(values, ended), bounds)!;

test("rows in which flat directions are hardly felt do not bend the law of those in which they are", () => {
  // x^4 that is first felt at the fourth temperature: lambda is 7/4.
  const { lambda, interval, used } = conclusionOf([1.5, 1.502, 1.51, 1.58, 1.7, 1.738, 1.746, 1.75]);
  expect(used[0].value).toBe(1.7);
  expect(Math.abs(lambda - 1.75)).toBeLessThan(0.04);
  expect(interval[0]).toBeLessThan(1.75);
  expect(interval[1]).toBeGreaterThan(1.75);
  expect(interval[1] - interval[0]).toBeLessThan(0.15);
});

test("rows near half the rank are all kept where nothing else is ever felt", () => {
  expect(conclusionOf([1.498, 1.503, 1.5, 1.504, 1.501]).used).toHaveLength(4);
});

test("the end of a climb that has only begun is said to be far, and lambda little known", () => {
  const begun = conclusionOf([1.5, 1.5, 1.51, 1.59, 1.71]);
  expect(Math.abs(begun.remaining)).toBeGreaterThan(begun.far);
  expect(begun.standardError).toBeGreaterThan(0.1);
  const ended = conclusionOf([1.5, 1.59, 1.71, 1.73, 1.735]);
  expect(Math.abs(ended.remaining)).toBeLessThan(ended.far);
  expect(ended.standardError).toBeLessThan(0.06);
});

test("what laws add is known the less the more it is, and much of it is far", () => {
  // lambda - (m - 1) / (log nBeta + c).
  const law = (lambda: number, m: number) =>
    concludeCooled(scanOf(Array.from({ length: 8 }, (_, k) => lambda - (m - 1) / (k * Math.log(32) + 12))), {
      floor: 0,
      ceiling: 9,
      prior: longPrior(24),
    })!;
  const [near, distant] = [law(1.5, 2), law(1.5, 20)];
  expect(near.remaining).toBeLessThan(0.05);
  expect(distant.remaining).toBeGreaterThan(distant.far);
  expect(near.standardError / near.lambda).toBeLessThan(0.03);
  expect(distant.standardError / distant.lambda).toBeGreaterThan(0.08);
});

test("rows over many temperatures are not too few where a budget ends them; those over few are", () => {
  expect(conclusionOf([1.5, 1.6, 1.7, 1.76, 1.8, 1.83], "budget").short).toBe(false);
  expect(conclusionOf([1.5, 1.6, 1.7, 1.8], "budget").short).toBe(true);
});
