import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scanDecimal } from "../../src/formats/decimal.ts";

const read = (text: string) => {
  const bytes = new TextEncoder().encode(text);
  const into = new Float64Array(1);
  const end = scanDecimal(bytes, new DataView(bytes.buffer), 0, bytes.length, into, 0);
  return { value: into[0], end };
};

/** The bits of Number, or left to Number. */
const agrees = (text: string): boolean => {
  const { value, end } = read(text);
  if (end >= 0) expect([text, end, value]).toEqual([text, text.length, Number(text)]);
  return end >= 0;
};

describe("a decimal in bytes has the bits that Number gives it", () => {
  test.each(["0", "-0", "1", "+7", "1.", ".5", "-1e-5", "0.000123", "1e22", "123456789012345678", "0e999"])(
    "%s",
    text => {
      expect(agrees(text)).toBe(true);
    },
  );

  test("any float64 number as its shortest text, with 17 digits and with few", () => {
    let [taken, all] = [0, 0];
    const ordinary = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.oneof(ordinary, fc.double({ noNaN: true, noDefaultInfinity: true })), number => {
        for (const text of [String(number), number.toPrecision(17), number.toExponential(5)]) agrees(text);
        for (const text of [number.toPrecision(17), number.toPrecision(6)]) {
          if (Math.abs(number) < 1e-3 || Math.abs(number) > 1e6) continue;
          all++;
          if (read(text).end >= 0) taken++;
        }
      }),
      { numRuns: 20000, seed: 1 },
    );
    // Hardly any is left to the slow way.
    expect(taken / all).toBeGreaterThan(0.999);
  });

  test("texts next to the middle of two float64 numbers", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 60n }), fc.integer({ min: 0, max: 22 }), (digits, places) => {
        agrees(`${digits}e-${places}`);
        agrees(`${digits | 1n}e${places}`);
      }),
      { numRuns: 20000, seed: 2 },
    );
  });
});

test.each(["", "-", ".", "e5", "1e", "1e+", "x", "nan"])("no number: %j", text => {
  expect(read(text).end).toBe(-1);
});

test.each([
  ["1.5,2", 3],
  ["7x", 1],
  ["1.2.3", 3],
])("%j ends at %i", (text, end) => {
  expect(read(text)).toMatchObject({ end });
});

test("decimals next to the middle between two numbers are left to the platform, or right", () => {
  const [D, S] = [5n ** 22n, 2n ** 67n];
  /** x with x 5^22 = 1 mod 2^67, by Newton's steps. */
  let inverse = 1n;
  for (let step = 0; step < 7; step++) inverse = (inverse * (2n - D * inverse)) % S;
  for (let c = -199n; c < 200n; c += 2n) {
    // N 5^22 has 67 bits beyond the 53 of a number: their half, and c beside it.
    const N = (((((S / 2n + c) * inverse) % S) + S) % S) + 2n * S;
    const text = `${N}e22`;
    const bytes = new TextEncoder().encode(text);
    const into = new Float64Array(1);
    const end = scanDecimal(bytes, new DataView(bytes.buffer), 0, bytes.length, into, 0);
    if (end >= 0) expect(into[0], text).toBe(Number(text));
  }
});
