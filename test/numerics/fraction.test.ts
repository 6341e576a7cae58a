import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLandauError } from "../../src/errors.ts";
import {
  compareFractions,
  fraction,
  fractionText,
  minus,
  over,
  parseFraction,
  plus,
  signOf,
  smallest,
  sumOf,
  times,
  toNumber,
} from "../../src/numerics/fraction.ts";
import { fractionRank } from "../../src/numerics/fraction-rank.ts";

const whole = fc.integer({ min: -60, max: 60 });
const ratio = fc
  .tuple(
    whole,
    whole.filter(value => value !== 0),
  )
  .map(([a, b]) => fraction(a, b));

test("lowest terms with a positive denominator", () => {
  expect(fraction(6, -4)).toEqual({ numerator: -3n, denominator: 2n });
  expect(fraction(0, -7)).toEqual({ numerator: 0n, denominator: 1n });
  expect(fractionText(fraction(12, 4))).toBe("3");
  expect(fractionText(fraction(-13, 2))).toBe("-13/2");
});

test("the laws of a field", () => {
  fc.assert(
    fc.property(ratio, ratio, ratio, (a, b, c) => {
      expect(plus(a, b)).toEqual(plus(b, a));
      expect(times(a, plus(b, c))).toEqual(plus(times(a, b), times(a, c)));
      expect(plus(minus(a, b), b)).toEqual(a);
      if (signOf(b) !== 0) expect(times(over(a, b), b)).toEqual(a);
    }),
    { seed: 1 },
  );
});

test("order, sign and sums agree with float64", () => {
  fc.assert(
    fc.property(ratio, ratio, (a, b) => {
      expect(compareFractions(a, b)).toBe(Math.sign(toNumber(a) - toNumber(b)));
      expect(signOf(a)).toBe(Math.sign(toNumber(a)));
      expect(toNumber(sumOf([a, b]))).toBeCloseTo(toNumber(a) + toNumber(b), 12);
      expect(toNumber(smallest([a, b]))).toBe(Math.min(toNumber(a), toNumber(b)));
    }),
    { seed: 2 },
  );
});

describe("reading", () => {
  test.each<[unknown, string]>([
    ["1/4", "1/4"],
    ["-6/4", "-3/2"],
    [" 2 ", "2"],
    ["0.25", "1/4"],
    ["1e-3", "1/1000"],
    ["12.5e2", "1250"],
    [0.1, "1/10"],
    [1e-7, "1/10000000"],
    [3, "3"],
    ["+7", "7"],
  ])("%j is %s", (value, text) => {
    expect(fractionText(parseFraction("x", value))).toBe(text);
  });

  test.each(["", "1/0", "a", "1/2/3", "--1", ".", "1e9999", NaN, Infinity, null, {}, "1".repeat(201)])(
    "%j is refused by name",
    value => {
      expect(() => parseFraction("alpha", value)).toThrow(/^alpha is/);
    },
  );
});

test("a zero denominator and numbers that are not whole are refused", () => {
  for (const attempt of [() => fraction(1, 0), () => fraction(0.5), () => over(fraction(1), fraction(0))])
    expect(attempt).toThrow();
  try {
    fraction(1, 0);
  } catch (error) {
    expect(isLandauError(error, "input")).toBe(true);
  }
});

test("the rank of a product of random factors", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3 }), fc.array(whole, { minLength: 30, maxLength: 30 }), (rank, entries) => {
      // Unit triangular factors: the product has exactly this rank.
      const left = (i: number, k: number) => (i < k ? 0 : i === k ? 1 : entries[i * 3 + k]);
      const right = (k: number, j: number) => (j < k ? 0 : j === k ? 1 : entries[15 + k * 5 + j]);
      const matrix = Array.from({ length: 5 }, (_, i) =>
        Array.from({ length: 5 }, (_, j) =>
          fraction(
            Array.from({ length: rank }, (_, k) => left(i, k) * right(k, j)).reduce((a, b) => a + b, 0),
            7,
          ),
        ),
      );
      expect(fractionRank(matrix)).toBe(rank);
    }),
    { seed: 3 },
  );
});
