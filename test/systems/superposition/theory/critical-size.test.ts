import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { criticalSize } from "../../../../src/coefficient/critical-size.ts";
import { transitionSize } from "../../../../src/systems/superposition/theory/critical-size.ts";

const size = (from: string, to: string, { c = 6, kappa = 1, table = "published" as "published" | "volume" } = {}) =>
  transitionSize({ c, from, to, table, kappa }).n;

describe("critical sizes between phases", () => {
  test("the five that the paper's arithmetic gives", () => {
    expect(Math.abs(size("5", "6")! - 601.0051860239)).toBeLessThan(1e-9);
    expect(Math.abs(size("4+", "5")! - 381.33465607)).toBeLessThan(1e-8);
    expect(Math.abs(size("5", "5+")! - 1593.17219865)).toBeLessThan(1e-8);
    expect(Math.abs(size("5+", "6")! - 202.10556679)).toBeLessThan(1e-8);
    expect(Math.abs(size("5", "6", { kappa: 0.5 })! - 1316.47185732)).toBeLessThan(1e-8);
  });

  test("with volume exponents 4+ -> 5 trades nothing at c = 6: lambda falls", () => {
    const { lambdaFrom, lambdaTo, n } = transitionSize({ c: 6, from: "4+", to: "5", table: "volume", kappa: 1 });
    expect([lambdaFrom, lambdaTo]).toEqual([8, 7]);
    expect(n).toBeLessThan(100);
  });

  test("an unknown coefficient gives no size", () => {
    expect(size("4", "5")).toBeNull();
    expect(size("5", "5+", { c: 7 })).toBeNull();
  });

  test.each(["8", "4++-", "5-", "hexagon"])("phase %s is refused at c = 6", label => {
    expect(() => size(label, "6")).toThrow(/^family is/);
  });
});

describe("the equation kappa n deltaL + deltaLambda ln n + deltaC = 0", () => {
  const left = (n: number, { deltaL = 0, deltaLambda = 0, deltaC = 0, kappa = 1 }) =>
    kappa * n * deltaL + deltaLambda * Math.log(n) + deltaC;
  const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true });

  test("its solution is a root, and none lies beyond", () => {
    fc.assert(
      fc.property(
        finite(-1, -1e-4),
        finite(-5, 5),
        finite(-20, 20),
        finite(0.1, 2),
        (deltaL, deltaLambda, deltaC, kappa) => {
          const difference = { deltaL, deltaLambda, deltaC, kappa };
          const n = criticalSize(difference);
          if (n === null) {
            const peak = -deltaLambda / (kappa * deltaL);
            expect(peak > 0 ? left(peak, difference) : deltaC).toBeLessThanOrEqual(1e-9);
            return;
          }
          // A relative rounding error of n moves the logarithm by the same absolute amount.
          const scale = kappa * n * -deltaL + Math.abs(deltaLambda) * (1 + Math.abs(Math.log(n))) + Math.abs(deltaC);
          expect(Math.abs(left(n, difference))).toBeLessThanOrEqual(1e-14 * scale);
          expect(left(n * 1.001, difference)).toBeLessThan(0);
          expect(left(n * 50, difference)).toBeLessThan(0);
        },
      ),
      { seed: 1 },
    );
  });

  test("the reverse transition has the same size", () => {
    const n = criticalSize({ deltaL: -0.02, deltaLambda: 1.5, deltaC: 2.75, kappa: 1 });
    expect(criticalSize({ deltaL: 0.02, deltaLambda: -1.5, deltaC: -2.75, kappa: 1 })).toBe(n);
  });

  test.each([
    ["a phase that loses everywhere", { deltaL: -0.01, deltaLambda: 1, deltaC: -10 }, null],
    ["a phase of higher loss and no gain", { deltaL: -0.01, deltaLambda: 0, deltaC: -1 }, null],
    ["equal coefficients", { deltaL: -0.01, deltaLambda: 0, deltaC: 2 }, 200],
    ["equal losses", { deltaL: 0, deltaLambda: 2, deltaC: 0 }, 1],
    ["no difference at all", { deltaL: 0, deltaLambda: 0, deltaC: 0 }, null],
  ])("%s", (_name, difference, n) => {
    expect(criticalSize({ ...difference, kappa: 1 })).toBe(n);
  });

  test("a kappa that is not positive is refused", () => {
    expect(() => criticalSize({ deltaL: -1, deltaLambda: 1, deltaC: 0, kappa: 0 })).toThrow(/^kappa is 0/);
  });
});
