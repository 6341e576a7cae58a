import { describe, expect, test } from "vitest";
import type { CellAverage } from "../../../src/coefficient/estimate/cell-average.ts";
import type { Problem } from "../../../src/coefficient/estimate/problem.ts";
import { rowOf } from "../../../src/coefficient/estimate/row.ts";

const h = [2, 0.5, 0.125];
const [nBeta, gamma] = [100, 30];
const curvature = { values: Float64Array.from(h), noise: 1e-9, matrix: new Float64Array(9), trace: 2.625, idle: [] };
const problem = { curvature, blocks: [] } as unknown as Problem;

/** The localised quadratic sum h w^2 / 2, whose averages are sums over its directions. */
const energy = h.reduce((sum, each) => sum + (nBeta * each) / (2 * (nBeta * each + gamma)), 0);
const slope = h.reduce((sum, each) => sum + (nBeta * each * gamma) / (2 * (nBeta * each + gamma) ** 2), 0);

const average = (more: Partial<CellAverage> = {}): CellAverage => ({
  ...{ nBeta, gamma, energy, plain: energy, slope, pull: slope, ess: 400, rHat: 1, virial: 1, draws: 100 },
  ...{
    energyError: 0.01,
    betweenChains: 0.02,
    plainSpread: 0.01,
    slopeError: 0.01,
    pullError: 0.01,
    correctedError: 0.01,
    distance: 0.1,
    localiser: 0.1,
  },
  ...{ divergences: 0, truncations: 0, leastK: 0, acceptance: 0.9 },
  ...more,
});

describe("a row of a localised quadratic", () => {
  test("is half the number of its directions, whatever the localiser, and has no slopes", () => {
    const row = rowOf(problem, average());
    expect(row.value).toBeCloseTo(3 / 2, 14);
    expect(row.byTemperature).toBeCloseTo(0, 14);
    expect(row.byPull).toBeCloseTo(0, 14);
  });

  test("takes nothing for directions that cannot be told from flat, nor where the Hessian is known on its diagonal alone", () => {
    const flat = { ...curvature, noise: 0.2 };
    expect(rowOf({ ...problem, curvature: flat }, average()).value).toBeCloseTo(
      energy + gamma / (2 * (200 + gamma)) + gamma / (2 * (50 + gamma)),
      14,
    );
    const { matrix: _, ...diagonal } = curvature;
    expect(rowOf({ ...problem, curvature: diagonal }, average()).value).toBe(energy);
  });

  test("has not converged where virials, chains or the two averages say so", () => {
    const why = (more: Partial<CellAverage>) => rowOf(problem, average(more)).unconverged;
    expect(why({ virial: 4.4, rHat: 1.04 })).toBeUndefined();
    expect(why({ virial: 4.6 })).toMatch(/flat directions/);
    expect(why({ rHat: 1.06 })).toBe("the chains disagree");
    // The plain average is known to sqrt(plain / ess): 8 times that is the most.
    const plainError = Math.sqrt(energy / 400);
    expect(why({ energy: energy + 7.9 * plainError })).toBeUndefined();
    expect(why({ energy: energy + 8.1 * plainError })).toBe("the averages disagree");
  });

  test("is the plain average where the other differs from it by more than three of its errors, and then has its error", () => {
    const plainError = Math.sqrt(energy / 400);
    const apart = (errors: number) => rowOf(problem, average({ energy: energy + errors * plainError }));
    expect(apart(2.9).value - 1.5).toBeCloseTo(2.9 * plainError, 12);
    expect(apart(3.1).value).toBeCloseTo(1.5, 12);
    expect(apart(3.1).error).toBeGreaterThan(plainError);
  });

  test("of many others has the errors of batches and of chains together, and no doubt for averages that differ by chance", () => {
    // A share of 0.002 of 3/2 besides.
    const least = Math.hypot(0.01, 0.02, 0.003);
    expect(rowOf(problem, average(), true).error).toBeCloseTo(least, 12);
    const plainError = Math.sqrt(energy / 400);
    const apart = average({ energy: energy + 1.4 * plainError });
    expect(rowOf(problem, apart, true).error).toBeLessThan(1.001 * least);
    expect(rowOf(problem, apart).error).toBeGreaterThan(0.3 * 1.4 * plainError);
  });

  test("goes half-way to the plain average where trajectories are cut short", () => {
    const moved = (truncations: number) => rowOf(problem, average({ energy: energy + 0.02, truncations })).value - 1.5;
    expect(moved(30)).toBeCloseTo(0.02, 12);
    expect(moved(31)).toBeCloseTo(0.01, 12);
  });

  test("of many others is the plain average where control variates add noise, and then its own energy too", () => {
    const plainError = Math.sqrt(energy / 400);
    for (const noisy of [{ energyError: 2 * plainError }, { betweenChains: 2 * plainError }]) {
      const row = rowOf(problem, average({ ...noisy, energy: energy - 50 }), true);
      expect(row.unconverged).toBeUndefined();
      expect(row.energy).toBe(energy);
      expect(row.value).toBeCloseTo(1.5, 12);
      expect(row.error).toBeCloseTo(Math.hypot(plainError, 0.003), 12);
    }
  });

  test("of many others knows its plain average no better than chains agree on it", () => {
    const noisy = { energyError: 9, plainSpread: 0.3 };
    expect(rowOf(problem, average(noisy), true).error).toBeCloseTo(Math.hypot(0.3, 0.003), 12);
  });

  test("of many others is no plain average because trajectories are cut short", () => {
    const row = rowOf(problem, average({ energy: energy + 0.02, truncations: 100 }), true);
    expect(row.value - 1.5).toBeCloseTo(0.02, 12);
  });
});
