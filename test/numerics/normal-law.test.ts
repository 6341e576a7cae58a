import { expect, test } from "vitest";
import { normalBelow, normalHazard } from "../../src/numerics/normal-law.ts";
import { normalQuantile } from "../../src/numerics/normal-quantile.ts";

// Tail probabilities and their logarithms: Abramowitz and Stegun, tables 26.1 and 26.2.
test("tails and centre of the normal law", () => {
  expect(normalBelow(0)).toBe(0.5);
  expect(normalBelow(1)).toBeCloseTo(0.841344746068543, 14);
  expect(normalBelow(-5) / 2.866515718791939e-7).toBeCloseTo(1, 12);
  expect(normalBelow(-10) / 7.61985302416052e-24).toBeCloseTo(1, 12);
  for (const p of [1e-200, 1e-9, 0.0013, 0.002, 0.4, 0.9])
    expect(normalBelow(normalQuantile(p)) / p).toBeCloseTo(1, 11);
});

test("the hazard is the slope of log Phi on both sides of where its form changes", () => {
  for (const z of [-30, -8, -3.1, -2.9, -1, 0, 2, 6]) {
    const h = 1e-5;
    const slope = (Math.log(normalBelow(z + h)) - Math.log(normalBelow(z - h))) / (2 * h);
    expect(Math.abs(normalHazard(z) / slope - 1)).toBeLessThan(1e-6 * Math.max(1, 1 / slope));
  }
  expect(normalHazard(-3 - 1e-12)).toBeCloseTo(normalHazard(-3 + 1e-12), 10);
});
