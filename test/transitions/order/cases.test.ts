import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readOrderTable } from "../../../src/logs/order-table.ts";
import { orderOfTransition } from "../../../src/transitions/order/index.ts";

const judge = (name: string) => {
  const path = join(import.meta.dirname, "../../cases", name);
  const { observations, control } = readOrderTable(new Uint8Array(readFileSync(path)), name);
  return orderOfTransition(observations, { control });
};

const holds = ([low, high]: readonly [number, number], value: number): boolean => low <= value && value <= high;

test("whether a cluster spans is no order parameter; where it does is evidence of the place", () => {
  const { verdict, where, exponents, health } = judge("15-percolation-spans.csv");
  expect(verdict).toBe("undecided");
  expect(health.text).toMatch(/two values only/);
  expect(holds(where!.interval, 0.592746)).toBe(true);
  expect(exponents!.betaOverNu).toEqual({ estimate: 0, low: 0, high: 0 });
  expect(holds([exponents!.inverseNu.low, exponents!.inverseNu.high], 3 / 4)).toBe(true);
});

test("totals for densities: the same verdict and place, beta/nu lower by the dimension", () => {
  const [density, total] = [judge("17-per-site.csv"), judge("17-total.csv")];
  for (const { verdict, where, exponents } of [density, total]) {
    expect(verdict).toBe("continuous");
    expect(holds(where!.interval, 0.994973)).toBe(true);
    expect(holds([exponents!.inverseNu.low, exponents!.inverseNu.high], 6 / 5)).toBe(true);
  }
  const { estimate, low, high } = density.exponents!.betaOverNu;
  expect(holds([low, high], 2 / 15)).toBe(true);
  // Densities in the file are rounded to three digits.
  expect(total.exponents!.betaOverNu.estimate).toBeCloseTo(estimate - 2, 2);
});

test("the exact magnetisation of the square lattice vanishes continuously with exponent 1/8", () => {
  const { verdict, confidence, where, evidence } = judge("18-onsager.csv");
  expect({ verdict, confidence }).toEqual({ verdict: "continuous", confidence: "high" });
  expect(holds(where!.interval, 2.269185)).toBe(true);
  expect(where!.interval[1] - where!.interval[0]).toBeLessThan(1e-3);
  expect(evidence.find(({ probe }) => probe === "edge")!.values.exponent).toBeCloseTo(1 / 8, 3);
});
