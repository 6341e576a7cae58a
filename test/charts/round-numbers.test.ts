import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exponentOf, roundEnds, roundNumbers } from "../../src/charts/round-numbers.ts";

const interval = fc
  .tuple(
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: 1e-6, max: 1, noNaN: true }),
    fc.integer({ min: -290, max: 290 }),
  )
  .map(([low, span, exponent]) => {
    const unit = Number(`1e${exponent}`);
    return [low * unit, (low + span) * unit] as const;
  });
const count = fc.integer({ min: 1, max: 10 });

describe("round numbers of an interval", () => {
  test("are multiples of 1, 2 or 5 times a power of ten, about as many as asked for", () => {
    expect(roundNumbers(0, 4500, 10)).toEqual({
      values: [0, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000, 4500],
      decimals: 0,
    });
    expect(roundNumbers(-0.05, 0.31, 4)).toEqual({ values: [0, 0.1, 0.2, 0.3], decimals: 1 });
    expect(roundNumbers(0.17, 0.19, 1)).toEqual({ values: [0.18], decimals: 2 });
    expect(roundNumbers(1.21, 1.39, 1).values).toEqual([]);
  });

  test("lie inside, are the nearest to their own digits, and leave out none", () => {
    fc.assert(
      fc.property(interval, count, ([low, high], count) => {
        const { values } = roundNumbers(low, high, count);
        expect(values.every(value => value >= low && value <= high)).toBe(true);
        expect(values.every(value => value === Number(value.toPrecision(12)))).toBe(true);
        // A step is off by a factor of at most the root of 2.5.
        expect(values.length).toBeLessThanOrEqual(1.6 * count + 1);
        expect(values.length).toBeGreaterThanOrEqual(count / 1.6 - 1);
      }),
    );
  });
});

describe("round ends of an interval", () => {
  test("are multiples of its step just beyond it", () => {
    expect(roundEnds(0.037, 0.114, 10)).toEqual([0.03, 0.12]);
    expect(roundEnds(-7, 1234, 10)).toEqual([-100, 1300]);
  });

  test("stay where they are when taken again", () => {
    fc.assert(
      fc.property(interval, count, ([low, high], count) => {
        const ends = roundEnds(low, high, count);
        expect(ends[0] <= low && ends[1] >= high).toBe(true);
        expect(roundEnds(...ends, count)).toEqual(ends);
      }),
    );
  });

  test("are those given where no number lies beyond", () => {
    expect(roundEnds(-1.7e308, 0, 10)).toEqual([-1.7e308, 0]);
  });
});

test("the exponent of a number is that of its digits, at powers of ten too", () => {
  for (let exponent = -300; exponent <= 300; exponent += 25) {
    expect(exponentOf(Number(`1e${exponent}`))).toBe(exponent);
    expect(exponentOf(Number(`9.999999e${exponent}`))).toBe(exponent);
  }
});
