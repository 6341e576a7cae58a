import { describe, expect, test } from "vitest";
import { cos, erf, exp, expm1, log, log1p, sin, tanh } from "../../src/numerics/elementary.ts";
import fixture from "./fixtures/elementary.json" with { type: "json" };

const functions = { cos, erf, exp, expm1, log, log1p, sin, tanh };

/** The bounds that the docstrings state, in ulp. */
const bounds = { exp: 0.73, expm1: 1.1, log: 0.82, log1p: 0.78, sin: 0.84, cos: 0.83, tanh: 1.45, erf: 1.28 } as const;
type Name = keyof typeof bounds;

const view = new DataView(new ArrayBuffer(8));
/** Distance of |x| from the next float64 away from zero. */
const ulp = (x: number): number => {
  view.setFloat64(0, x);
  return 2 ** (Math.max(1, (view.getUint32(0) >>> 20) & 0x7ff) - 1075);
};

/** Cases are [x, y, rest]: the exact value is y + rest ulp(y). */
const errorOf = (name: Name, [x, y, rest]: number[]): number => Math.abs((functions[name](x) - y) / ulp(y) - rest);

describe.each(Object.entries(bounds) as [Name, number][])("%s", (name, bound) => {
  test(`is within ${bound} ulp of mpmath`, () => {
    const cases = fixture[name];
    expect(cases.length).toBeGreaterThan(190);
    const worst = cases.reduce((a, b) => (errorOf(name, a) > errorOf(name, b) ? a : b));
    // The rest is stored to four digits.
    expect(errorOf(name, worst), `at ${worst[0]}`).toBeLessThan(bound + 1e-4);
  });
});

describe("special arguments", () => {
  test("not-a-number stays what it is", () => {
    for (const name of Object.keys(bounds) as Name[]) expect(functions[name](Number.NaN)).toBeNaN();
  });

  test("exp", () => {
    expect([exp(0), exp(-0), exp(-Infinity), exp(Infinity), exp(1e308), exp(-1e308)]).toEqual([
      1,
      1,
      0,
      Infinity,
      Infinity,
      0,
    ]);
    expect([exp(709.782712893384), exp(709.7827128933841)]).toEqual([1.7976931348622732e308, Infinity]);
    expect([exp(-745.1332191019411), exp(-745.1332191019412), exp(-746.5)]).toEqual([5e-324, 0, 0]);
  });

  test("expm1", () => {
    expect([expm1(0), expm1(-0), expm1(5e-324)]).toEqual([0, -0, 5e-324]);
    expect([expm1(Infinity), expm1(-Infinity), expm1(-50), expm1(710)]).toEqual([Infinity, -1, -1, Infinity]);
  });

  test("log", () => {
    expect([log(1), log(0), log(-0), log(Infinity)]).toEqual([0, -Infinity, -Infinity, Infinity]);
    expect([log(-1), log(-5e-324), log(-Infinity)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  test("log1p", () => {
    expect([log1p(0), log1p(-0), log1p(5e-324), log1p(-1), log1p(Infinity)]).toEqual([
      0,
      -0,
      5e-324,
      -Infinity,
      Infinity,
    ]);
    expect([log1p(-1.0000000000000002), log1p(-Infinity)]).toEqual([Number.NaN, Number.NaN]);
  });

  test("sin and cos", () => {
    expect([sin(0), sin(-0), sin(-5e-324), cos(0), cos(-0)]).toEqual([0, -0, -5e-324, 1, 1]);
    expect([sin(Infinity), sin(-Infinity), cos(Infinity), cos(-Infinity)]).toEqual(Array(4).fill(Number.NaN));
  });

  test("tanh", () => {
    expect([tanh(0), tanh(-0), tanh(5e-324)]).toEqual([0, -0, 5e-324]);
    expect([tanh(22), tanh(-22), tanh(Infinity), tanh(-Infinity)]).toEqual([1, -1, 1, -1]);
  });

  test("erf", () => {
    expect([erf(0), erf(-0), erf(5e-324)]).toEqual([0, -0, 5e-324]);
    expect([erf(6), erf(-6), erf(Infinity), erf(-Infinity)]).toEqual([1, -1, 1, -1]);
  });
});

test("sin^2 + cos^2 = 1 on both sides of the change of reduction, and far beyond", () => {
  for (const x of [99_999.5, 100_000.5, 1e15, 1e22, 1e300])
    expect(Math.abs(sin(x) * sin(x) + cos(x) * cos(x) - 1)).toBeLessThan(4 * Number.EPSILON);
});

test("odd and even symmetry is exact", () => {
  for (const x of [1e-9, 0.3, 0.8, 2.5, 54.97, 1234.5, 1e6, 1e300]) {
    expect(sin(-x)).toBe(-sin(x));
    expect(cos(-x)).toBe(cos(x));
    expect(tanh(-x)).toBe(-tanh(x));
    expect(erf(-x)).toBe(-erf(x));
  }
});
