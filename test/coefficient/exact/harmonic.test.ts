import { describe, expect, test } from "vitest";
import {
  effectiveCoefficient,
  harmonicFreeEnergy,
  langevinCoefficient,
  langevinStability,
} from "../../../src/coefficient/exact/harmonic.ts";

const curvatures = Float64Array.of(3, 0.5, 0.02, 1e-4, 0);

test("the effective coefficient is the slope of the free energy in log nBeta", () => {
  for (const [nBeta, gamma] of [
    [30, 5],
    [1e3, 100],
    [1e6, 1],
  ]) {
    const at = (factor: number) => harmonicFreeEnergy(curvatures, { nBeta: nBeta * factor, gamma });
    const slope = (at(Math.exp(1e-4)) - at(Math.exp(-1e-4))) / 2e-4;
    expect(effectiveCoefficient(curvatures, { nBeta, gamma })).toBeCloseTo(slope, 6);
  }
});

test("it tends to half the rank", () => {
  expect(effectiveCoefficient(curvatures, { nBeta: 1e12, gamma: 1 })).toBeCloseTo(2, 6);
});

describe("the law of a Langevin chain", () => {
  test.each([
    { nBeta: 1000, gamma: 100, stepSize: 2e-4, burnIn: 300, draws: 400 },
    { nBeta: 30, gamma: 5, stepSize: 1e-4, burnIn: 0, draws: 7 },
    { nBeta: 500, gamma: 1, stepSize: 2e-3, burnIn: 13, draws: 200 },
  ])("is what the recursion of the variances gives, step by step: %o", run => {
    const { nBeta, gamma, stepSize, burnIn, draws } = run;
    let expected = 0;
    for (const h of curvatures) {
      let variance = 0;
      for (let step = 0; step < burnIn + draws; step++) {
        if (step >= burnIn) expected += (nBeta * h * variance) / 2 / draws;
        variance = (1 - (stepSize / 2) * (nBeta * h + gamma)) ** 2 * variance + stepSize;
      }
    }
    expect(langevinCoefficient(curvatures, run) / expected).toBeCloseTo(1, 10);
  });

  test("has none beyond its limit of stability", () => {
    const run = { nBeta: 1000, gamma: 100, stepSize: 4 / 3100, burnIn: 1, draws: 1 };
    expect(langevinStability(3, run)).toBeCloseTo(4, 12);
    expect(() => langevinCoefficient(curvatures, run)).toThrow(/^stepSize is .* runs away/);
  });
});

test("a resolution that is none is refused", () => {
  expect(() => effectiveCoefficient(curvatures, { nBeta: 0, gamma: 1 })).toThrow(/^nBeta is 0/);
  expect(() => harmonicFreeEnergy(curvatures, { nBeta: 1, gamma: -1 })).toThrow(/^gamma is -1/);
});
