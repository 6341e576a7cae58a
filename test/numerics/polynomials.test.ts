import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fraction, fractionText, toNumber } from "../../src/numerics/fraction.ts";
import { type PlanePolynomial, parsePolynomial, shiftPolynomial } from "../../src/numerics/plane-polynomial.ts";
import { rootGroups } from "../../src/numerics/real-roots.ts";

const valueAt = (f: PlanePolynomial, x: number, y: number) =>
  f.reduce((sum, { p, q, coefficient }) => sum + toNumber(coefficient) * x ** p * y ** q, 0);

describe("plane polynomials", () => {
  test.each<[string, (x: number, y: number) => number]>([
    ["((y - x^2)(y + x^2))^2", (x, y) => (y * y - x ** 4) ** 2],
    ["x y (x + y)", (x, y) => x * y * (x + y)],
    ["-3x^2y + 0.5*y - 1/4", (x, y) => -3 * x * x * y + 0.5 * y - 0.25],
    ["2 x 3 y", (x, y) => 6 * x * y],
    ["x - -y", (x, y) => x + y],
    ["(x)^0", () => 1],
  ])("%s", (text, expected) => {
    const f = parsePolynomial("K", text);
    for (const [x, y] of [
      [0.3, -1.2],
      [2, 0.7],
    ])
      expect(valueAt(f, x, y)).toBeCloseTo(expected(x, y), 12);
  });

  test("terms that cancel are gone", () => {
    expect(parsePolynomial("K", "(x + y)^2 - x^2 - 2x y - y^2")).toEqual([]);
  });

  test.each([
    ["", "at character 1"],
    ["x^", "needs a whole power"],
    ["(x", "needs a closing bracket"],
    ["x)", "at character 2"],
    ["z", "needs x, y, a number or an opening bracket"],
    ["x^101", "an exponent is 101"],
    ["(x^60)(y^60)", "degree of the polynomial is 120"],
    ["((9^100)^100)^100", "beyond 2^4096"],
    ["x".repeat(501), "at most 500 characters"],
    ["x^-1", "needs a whole power"],
  ])("%j is refused", (text, message) => {
    expect(() => parsePolynomial("K", text)).toThrow(message);
  });

  test("a shift is a substitution", () => {
    const f = parsePolynomial("K", "x^3 y - 2y^2 + x");
    const inY = shiftPolynomial(f, "y", fraction(3, 2), 2);
    const inX = shiftPolynomial(f, "x", fraction(-1), 3);
    expect(valueAt(inY, 0.4, 0.7)).toBeCloseTo(valueAt(f, 0.4, 0.7 + 1.5 * 0.4 ** 2), 12);
    expect(valueAt(inX, 0.4, 0.7)).toBeCloseTo(valueAt(f, 0.4 - 0.7 ** 3, 0.7), 12);
  });
});

describe("roots by multiplicity", () => {
  const product = (factors: readonly (readonly number[])[]) =>
    factors.reduce<number[]>(
      (f, g) => {
        const result = new Array<number>(f.length + g.length - 1).fill(0);
        f.forEach((a, i) => {
          g.forEach((b, j) => {
            result[i + j] += a * b;
          });
        });
        return result;
      },
      [1],
    );

  test("(s - 1)^3 (s + 2)^3 (s^2 + 1)^2 (s^2 - 2)", () => {
    const factors = [
      [-1, 1],
      [-1, 1],
      [-1, 1],
      [2, 1],
      [2, 1],
      [2, 1],
      [1, 0, 1],
      [1, 0, 1],
      [-2, 0, 1],
    ];
    const groups = rootGroups(product(factors).map(value => fraction(value)));
    expect(groups.map(({ factor, ...rest }) => ({ degree: factor.length - 1, ...rest }))).toEqual([
      { degree: 2, multiplicity: 1, realRoots: 2 },
      { degree: 2, multiplicity: 2, realRoots: 0 },
      { degree: 2, multiplicity: 3, realRoots: 2 },
    ]);
    expect(groups[2].factor.map(fractionText)).toEqual(["-2", "1", "1"]);
  });

  test("random products of linear factors have as many real roots as they were given", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 7 }), roots => {
        const groups = rootGroups(product(roots.map(root => [-root, 1])).map(value => fraction(value)));
        const counts = new Map<number, number>();
        for (const root of new Set(roots)) {
          const multiplicity = roots.filter(other => other === root).length;
          counts.set(multiplicity, (counts.get(multiplicity) ?? 0) + 1);
        }
        expect(groups.map(({ multiplicity, realRoots }) => [multiplicity, realRoots])).toEqual(
          [...counts].sort(([a], [b]) => a - b),
        );
      }),
      { seed: 5 },
    );
  });
});
