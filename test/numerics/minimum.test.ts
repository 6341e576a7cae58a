import { describe, expect, test } from "vitest";
import { canonicalMoments } from "../../src/numerics/canonical-moments.ts";
import { exp } from "../../src/numerics/elementary.ts";
import { minimumByGoldenSections, minimumByThirds, turningPlaces } from "../../src/numerics/minimum.ts";
import { normalMean } from "../../src/numerics/normal-mean.ts";
import { passageTime, timeOfFall } from "../../src/numerics/ode/passage.ts";
import { polynomial } from "../../src/numerics/polynomial.ts";
import { narrowed } from "../../src/numerics/root.ts";

test("the lowest place of a valley, and all places where a quartic turns", () => {
  const quartic = polynomial([0, 0, -2, 0, 1]);
  expect(minimumByThirds(quartic, 0.2, 3, 80)).toBeCloseTo(1, 7);
  expect(minimumByGoldenSections(quartic, 0.2, 3, 60)).toBeCloseTo(1, 7);
  const places = turningPlaces(quartic, -2, 2, 99);
  [-2, -1, 0, 1, 2].forEach((place, i) => void expect(places[i]).toBeCloseTo(place, 7));
  expect(places).toHaveLength(5);
});

test("a bracket closes in on where a condition ends", () => {
  const [low, high] = narrowed(x => x * x < 2, 0, 2, 40);
  expect(low * low).toBeLessThan(2);
  expect(high * high).toBeGreaterThanOrEqual(2);
  expect(high - low).toBeLessThan(1e-11);
});

test("means over a normal input are its moments", () => {
  expect(normalMean(() => 1)).toBeCloseTo(1, 14);
  expect(normalMean(x => x ** 6)).toBeCloseTo(15, 11);
});

test("moments under exp(-n x^2 / 2) are those of a normal variable of variance 1/n", () => {
  const { m1, m2, m4, U4, logZ, Lmean } = canonicalMoments(x => (x * x) / 2, { n: 4, lo: -6, hi: 6 });
  expect(m1).toBeCloseTo(0, 12);
  expect(m2).toBeCloseTo(1 / 4, 12);
  expect(m4).toBeCloseTo(3 / 16, 12);
  expect(U4).toBeCloseTo(0, 12);
  expect(logZ).toBeCloseTo(Math.log(Math.sqrt(Math.PI / 2)), 12);
  expect(Lmean).toBeCloseTo(1 / 8, 12);
  expect(() => canonicalMoments(x => x, { n: 1, lo: 2, hi: 1 })).toThrow("lo is 2: needs less than hi = 1");
});

describe("a scalar flow", () => {
  test("needs ln(to / from) / rate from one value to another, and never goes against itself", () => {
    expect(passageTime(s => -3 * s, 2, 0.5)).toBeCloseTo(Math.log(4) / 3, 12);
    expect(passageTime(s => -3 * s, 0.5, 2)).toBeNull();
    expect(passageTime(s => s, 1, 1)).toBe(0);
  });

  test("falls to a level when its closed form does", () => {
    // ds/dt = -t s: s = exp(-t^2 / 2).
    expect(timeOfFall((t, s) => -t * s, 1, exp(-2), 1e-2)).toBeCloseTo(2, 8);
  });
});
