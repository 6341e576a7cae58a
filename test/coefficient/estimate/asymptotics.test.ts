import { describe, expect, test } from "vitest";
import { asymptote, multiplicityPrior } from "../../../src/coefficient/estimate/asymptotics.ts";
import { mixtureMean, mixtureQuantile, mixtureSd } from "../../../src/coefficient/estimate/mixture.ts";
import { levelOf, plateauOf } from "../../../src/coefficient/estimate/plateau.ts";
import type { Row } from "../../../src/coefficient/estimate/row.ts";

const bounds = { floor: 0, ceiling: 3, prior: multiplicityPrior(3) };
const errors = { error: 1e-3, byTemperatureError: 1e-3, byPullError: 1e-3 };

/** Rows at four localisers of E = lambda - (m - 1) / x, x = log t - log gamma + 2. */
const logarithmic = (lambda: number, m: number) =>
  [16, 4, 1, 1 / 4].map(gamma => {
    const [logT, logGamma] = [Math.log(1e6), Math.log(gamma)];
    const x = logT - logGamma + 2;
    return {
      ...{ logT, logGamma, value: lambda - (m - 1) / x },
      ...{ byTemperature: (m - 1) / x ** 2, byPull: (m - 1) / x ** 2, ...errors },
    };
  });

describe("the limit of nBeta <K>", () => {
  test.each([1, 2])("of a law with multiplicity %d is its lambda, and the multiplicity is told", m => {
    const found = asymptote(logarithmic(1, m), bounds);
    expect(Math.abs(mixtureMean(found.mixture) - 1)).toBeLessThan(0.02);
    expect(found.multiplicity.indexOf(Math.max(...found.multiplicity))).toBe(m - 1);
    expect(found.misfit / 12).toBeLessThan(1);
  });

  test("lies between half the rank and half the number of parameters", () => {
    const mean = (floor: number, ceiling: number) =>
      mixtureMean(asymptote(logarithmic(1, 1), { ...bounds, floor, ceiling }).mixture);
    expect(mean(0, 0.9)).toBeCloseTo(0.9, 12);
    expect(mean(1.5, 3)).toBeCloseTo(1.5, 12);
  });
});

test("a mixture of two normal laws has the mean, spread and quantiles of its draws", () => {
  const mixture = [
    { weight: 0.5, mean: -1, sd: 1e-6 },
    { weight: 0.5, mean: 3, sd: 1e-6 },
  ];
  expect(mixtureMean(mixture)).toBe(1);
  expect(mixtureSd(mixture)).toBeCloseTo(2, 10);
  expect(mixtureQuantile(mixture, 0.25)).toBeCloseTo(-1, 5);
  expect(mixtureQuantile(mixture, 0.75)).toBeCloseTo(3, 5);
});

test("a plateau takes steps of a hundredth, but drifts by no more than three", () => {
  const rows = [1, 1.01, 1.02, 1.03, 1.04, 1.05].map(value => ({ value, error: 1e-4 }) as Row);
  expect(plateauOf(rows)).toEqual(rows.slice(2));
  expect(
    plateauOf([
      { value: 1, error: 1e-4 },
      { value: 1.05, error: 1e-4 },
    ] as Row[]),
  ).toEqual([]);
});

test("a level weighs rows by their errors", () => {
  const rows = [
    { value: 1, error: 0.01 },
    { value: 1.1, error: 0.1 },
  ] as Row[];
  // Weights 1e4 and 1e2, but for the floor of a thousandth of the value.
  expect(levelOf(rows).value).toBeCloseTo((1e4 + 1.1e2) / (1e4 + 1e2), 4);
});
