import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { erf } from "../../src/numerics/elementary.ts";
import { betaQuantile, incompleteBeta } from "../../src/numerics/incomplete-beta.ts";
import { chiSquareAbove, upperGamma } from "../../src/numerics/incomplete-gamma.ts";
import { logGamma } from "../../src/numerics/log-gamma.ts";
import fixture from "./fixtures/special.json" with { type: "json" };

test("log Gamma is within 4e-15 (1 + |value|) of mpmath", () => {
  for (const [x, value] of fixture.logGamma)
    expect(Math.abs(logGamma(x) - value) / (1 + Math.abs(value)), `at ${x}`).toBeLessThan(4e-15);
});

describe("incomplete beta", () => {
  test("is within 1e-14 (100 + a + b) relative of scipy, from both sides", () => {
    for (const [x, a, b, value] of fixture.incompleteBeta) {
      const bound = 1e-14 * (100 + a + b);
      expect(Math.abs(incompleteBeta(x, a, b) / value - 1), `at ${x}, ${a}, ${b}`).toBeLessThan(bound);
      expect(Math.abs(incompleteBeta(1 - x, b, a) - (1 - value)), `at ${1 - x}, ${b}, ${a}`).toBeLessThan(bound);
    }
  });

  test("its ends are exact, and its quantile is its inverse", () => {
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.double({ min: 0.5, max: 5000, noNaN: true }),
        fc.double({ min: 0.5, max: 5000, noNaN: true }),
        (p, a, b) => {
          expect(incompleteBeta(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 9);
        },
      ),
      { numRuns: 50, seed: 1 },
    );
  });

  test("refuses what is no shape and no probability", () => {
    expect(() => incompleteBeta(0.5, 0, 1)).toThrow("a is 0: needs a positive number");
    expect(() => incompleteBeta(1.5, 1, 1)).toThrow("x is 1.5: needs a number from 0 to 1");
    expect(() => betaQuantile(0, 1, 1)).toThrow("p is 0: needs a probability");
    expect(() => logGamma(-1)).toThrow("x is -1: needs a positive number");
  });
});

describe("incomplete gamma, by its series and by its fraction", () => {
  test.each([0.1, 1, 3, 7.5, 20, 90])(
    "of whole a the sum of Poisson probabilities, of 1/2 an error function, x = %d",
    x => {
      for (const a of [1, 2, 5, 12]) {
        let [term, sum] = [Math.exp(-x), 0];
        for (let k = 0; k < a; k++, term *= x / k) sum += term;
        expect(upperGamma(a, x) / sum, `a = ${a}`).toBeCloseTo(1, 12);
      }
      expect(upperGamma(0.5, x)).toBeCloseTo(1 - erf(Math.sqrt(x)), 13);
    },
  );

  test("chi-square of two degrees of freedom falls exponentially", () => {
    for (const value of [0.5, 3, 40]) expect(chiSquareAbove(value, 2) / Math.exp(-value / 2)).toBeCloseTo(1, 12);
  });
});
