import { describe, expect, test } from "vitest";
import { multiplicityPrior } from "../../../src/coefficient/estimate/asymptotics.ts";
import { conclude } from "../../../src/coefficient/estimate/conclude.ts";
import type { Row } from "../../../src/coefficient/estimate/row.ts";
import type { Scan } from "../../../src/coefficient/estimate/scan.ts";

const within = (floor: number, ceiling: number) => ({ floor, ceiling, prior: multiplicityPrior(3) });

const GAMMA = 64;
const ERROR = 0.002;

const row = (value: number, index: number, nBeta = 10_000): Row =>
  ({
    value,
    error: ERROR,
    nBeta,
    gamma: GAMMA / 4 ** index,
    byTemperature: 0,
    slopeError: 0.01,
    byPull: 0,
    pullError: 0.01,
  }) as unknown as Row;

const scanOf = (values: readonly number[], warmer: readonly number[], rest: Partial<Scan> = {}): Scan => ({
  rows: values.map((value, index) => row(value, index)),
  warmer: warmer.map((value, i) => row(value, values.length - 1, 10_000 / 8 ** (i + 1))),
  within: values.length,
  settled: false,
  held: false,
  ended: "plateau",
  traces: [],
  ...rest,
});

describe("the limit of nBeta <K> as the localiser weakens", () => {
  test("a plateau is its own limit", () => {
    const { shape, lambda, interval, falling } = conclude(scanOf([0.9, 0.998, 1, 1], [1, 1]), within(0, 3));
    expect(shape).toBe("plateau");
    expect(falling).toBe(false);
    expect(lambda).toBeCloseTo(1, 1);
    expect(interval[0]).toBeLessThan(1);
    expect(interval[1]).toBeGreaterThan(1);
    expect(interval[1] - interval[0]).toBeLessThan(0.15);
  });

  test("a last row that is known badly does not end a plateau, and widens it", () => {
    const noisy = (value: number) => {
      const scan = scanOf([0.9, 1, 1, value], [1, 1]);
      return conclude(
        { ...scan, rows: scan.rows.map((each, k) => (k === 3 ? { ...each, error: 0.024 } : each)) },
        within(0, 3),
      );
    };
    const [known, level, fallen] = [conclude(scanOf([0.9, 1, 1, 1], [1, 1]), within(0, 3)), noisy(0.963), noisy(0.93)];
    expect([level.shape, fallen.shape]).toEqual(["plateau", "open"]);
    expect(level.standardError).toBeGreaterThan(known.standardError + 0.005);
  });

  test("a plateau that rises with nBeta as lambda - 1 / log t has its limit above", () => {
    const law = (t: number) => 1 - 1 / (Math.log(t) + 3);
    const level = law(10_000);
    const found = conclude(scanOf([0.8, level, level, level], [law(1250), law(156)]), within(0, 3));
    expect(found.interval[1]).toBeGreaterThan(0.99);
    expect(found.lambda).toBeGreaterThan(level);
  });

  test("what falls past a top without a plateau is between, and the interval reaches the top", () => {
    const { shape, interval } = conclude(scanOf([0.5, 0.8, 1.2, 0.9], [0.8, 0.7]), within(0, 3));
    expect(shape).toBe("top");
    expect(interval[0]).toBeLessThan(0.9);
    expect(interval[1]).toBeGreaterThan(1.2);
  });

  test("another phase that takes over before anything settled makes a top", () => {
    const { shape } = conclude(scanOf([0.5, 0.8, 1.2, 0.3], [0.8], { within: 3, ended: "escape" }), within(0, 3));
    expect(shape).toBe("top");
  });

  test("one that takes over after a plateau leaves the plateau alone", () => {
    const scan = scanOf([0.9, 1, 1, 1, 0.3], [1], { within: 4, ended: "escape", settled: true });
    const { shape, lambda } = conclude(scan, within(0, 3));
    expect(shape).toBe("plateau");
    expect(lambda).toBeCloseTo(1, 1);
  });

  test("more at a smaller nBeta is reported, and not extrapolated", () => {
    const { falling, lambda } = conclude(scanOf([0.9, 1, 1, 1], [1.3, 1.6]), within(0, 3));
    expect(falling).toBe(true);
    expect(lambda).toBeCloseTo(1, 1);
  });

  test("rows below half the rank still conclude", () => {
    const { lambda, used } = conclude(scanOf([1, 1.1, 1.1], [], { ended: "budget" }), within(3, 5));
    expect(used.length).toBeGreaterThan(0);
    expect(lambda).toBeGreaterThanOrEqual(3);
  });

  test("a scan that ended on its way is widened", () => {
    const { shape, interval } = conclude(scanOf([0.7, 0.9, 1], [0.9, 0.8], { ended: "budget" }), within(0, 3));
    expect(shape).toBe("open");
    expect(interval[1] - interval[0]).toBeGreaterThan(0.25);
  });
});
