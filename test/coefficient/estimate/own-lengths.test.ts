import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CoefficientEstimate, learningCoefficient } from "../../../src/coefficient/estimate/index.ts";
import { inLengths, ownLengths } from "../../../src/coefficient/estimate/own-lengths.ts";
import type { Objective } from "../../../src/contracts/objective.ts";
import { crossing, objectiveOf, powers } from "./losses.ts";

/** The same loss of parameters in other units: w_i = unit_i times what the loss knows. */
const inUnits = (objective: Objective, units: readonly number[]): Objective =>
  inLengths(
    objective,
    new Float64Array(objective.size),
    Float64Array.from(units, unit => 1 / unit),
  ).objective;

/** A budget is a limit: with 4e4 there is enough for two or three localisers. */
const measure = (objective: Objective, settings = {}): CoefficientEstimate => {
  const result = learningCoefficient(objective, new Float64Array(objective.size), {
    samples: 10_000,
    budget: 1e5,
    ...settings,
  });
  if (result.kind === "failure") throw new Error(result.text);
  return result;
};

const lengthsOf = (objective: Objective) => [
  ...ownLengths(objective, new Float64Array(objective.size), 10_000).lengths,
];

describe("lengths of parameters", () => {
  test("are where nBeta K reaches 1, to the next power of 2", () => {
    // 1e4 w^2 = 1 at 0.01, 1e4 w^4 = 1 at 0.1.
    expect(lengthsOf(powers([2, 4], [1e8, 1]))).toEqual([2 ** -19, 1 / 8]);
  });

  test("are all 1 where none is much longer than another", () => {
    expect(lengthsOf(powers([2, 4]))).toEqual([1, 1]);
    expect(lengthsOf(crossing)).toEqual([1, 1]);
  });

  test("follow units that are powers of 2 exactly, whatever their size", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -12, max: 12 }), { minLength: 3, maxLength: 3 }), exponents => {
        const units = exponents.map(k => 2 ** k);
        // Far apart by the first, whatever the others.
        const loss = powers([2, 4, 6], [2 ** 120, 1, 1]);
        const own = lengthsOf(loss);
        expect(own[0]).toBeLessThan(2 ** -60);
        expect(lengthsOf(inUnits(loss, units))).toEqual(own.map((length, i) => length * units[i]));
      }),
    );
  });

  test("do not take what overflows far out for a rise", () => {
    // Along the second alone it is 0, and infinity times 0 from about 1e26 on.
    const bent = objectiveOf(
      3,
      w => (w[0] + w[1] ** 2) ** 6 * (w[1] * w[0]) ** 6 + w[2] ** 2,
      (_, out) => out.fill(0),
    );
    expect(lengthsOf(bent)).toEqual([1, 1, 1]);
  });

  test("of parameters that the loss feels only together are shared", () => {
    const withSteep = objectiveOf(
      3,
      w => w[0] * w[0] * w[1] * w[1] + 1e8 * w[2] * w[2],
      (w, out) => out.set([2 * w[0] * w[1] * w[1], 2 * w[0] * w[0] * w[1], 2e8 * w[2]]),
    );
    const [first, second, steep] = lengthsOf(withSteep);
    expect(first).toBe(second);
    expect(first).toBeLessThan(1);
    expect(first).toBeGreaterThan(0.05);
    expect(steep).toBe(2 ** -19);
  });

  test("of a parameter that is felt nowhere is the longest of the others", () => {
    const idle = objectiveOf(
      3,
      w => 1e8 * w[0] * w[0] + w[1] ** 4,
      (w, out) => out.set([2e8 * w[0], 4 * w[1] ** 3, 0]),
    );
    expect(lengthsOf(idle)).toEqual([2 ** -19, 1 / 8, 1 / 8]);
  });
});

describe("an estimate does not depend on the units of the parameters", () => {
  test("to the bit for powers of 2", () => {
    const loss = powers([2, 4]);
    const here = measure(inUnits(loss, [2 ** -20, 2 ** 3]));
    const there = measure(inUnits(loss, [2 ** 14, 2 ** -13]));
    expect([there.lambda, ...there.interval]).toEqual([here.lambda, ...here.interval]);
  });

  test.each([
    ["x^2 + y^2", [2, 2], [1e4, 1e-4], 1],
    ["x^4 + y^4", [4, 4], [30, 1 / 30], 1 / 2],
    ["x^4 + y^2", [4, 2], [100, 0.01], 3 / 4],
    ["x^6 + y^2 + z^2", [6, 2, 2], [1e-3, 50, 1e3], 7 / 6],
  ] as const)("%s", (_, exponents, units, lambda) => {
    const found = measure(inUnits(powers(exponents), units));
    expect(found.interval[0]).toBeLessThan(lambda);
    expect(found.interval[1]).toBeGreaterThan(lambda);
    expect(Math.abs(found.lambda / lambda - 1)).toBeLessThan(0.06);
  });

  test("for any units, in directions that are no axes either", () => {
    // (x + y)^2 + (x - y)^4 and z^2: 1/2 + 1/4 + 1/2.
    const turned = objectiveOf(
      3,
      w => (w[0] + w[1]) ** 2 + (w[0] - w[1]) ** 4 + w[2] * w[2],
      (w, out) => {
        const [a, b] = [2 * (w[0] + w[1]), 4 * (w[0] - w[1]) ** 3];
        out.set([a + b, a - b, 2 * w[2]]);
      },
    );
    fc.assert(
      fc.property(fc.double({ min: -4, max: 4, noNaN: true }), fc.double({ min: -4, max: 4, noNaN: true }), (a, b) => {
        const found = measure(inUnits(turned, [10 ** a, 10 ** a, 10 ** b]));
        expect(found.interval[0]).toBeLessThan(1.25);
        expect(found.interval[1]).toBeGreaterThan(1.25);
        expect(Math.abs(found.lambda - 1.25)).toBeLessThan(0.15);
      }),
      { numRuns: 4, seed: 7 },
    );
  });
});

test("a rotated quadratic of more parameters than its rank", () => {
  // Rank 5 of 12: the squares of five sums over random signs.
  const signs = Array.from({ length: 5 }, (_, k) =>
    Array.from({ length: 12 }, (_, i) => (((i + 1) * (k + 3) * 7919) % 13 < 6 ? 1 : -1)),
  );
  const rotated = objectiveOf(
    12,
    w => signs.reduce((sum, row) => sum + row.reduce((along, sign, i) => along + sign * w[i], 0) ** 2, 0),
    (w, out) => {
      out.fill(0);
      for (const row of signs) {
        const along = row.reduce((sum, sign, i) => sum + sign * w[i], 0);
        row.forEach((sign, i) => {
          out[i] += 2 * along * sign;
        });
      }
    },
  );
  const found = measure(inUnits(rotated, [1e3, 1, 1, 1, 1e-3, 1, 1, 20, 1, 1, 1, 1]));
  expect(Math.abs(found.lambda - 2.5)).toBeLessThan(0.1);
});
