import { expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { findChanges } from "../../../src/transitions/change/find-changes.ts";
import { roundingOf } from "../../../src/transitions/change/rounding.ts";

const N = 120;
const curve = (t: number): number => 0.7 + 2.3 / (t + 1) ** 0.7;
const written = (write: (value: number) => number): Float64Array =>
  Float64Array.from({ length: N }, (_, t) => write(curve(t)));

test("what rounding adds is told from how values are written: to a unit, to digits, as floats of 32 bits, or not", () => {
  const even = (unit: number): number => ((N - 1) * unit * unit) / 12;
  expect(roundingOf(written(value => Math.round(value / 0.001) * 0.001))).toBeCloseTo(even(0.001), 12);
  expect(roundingOf(written(value => Math.round(value * 97) / 97))).toBeCloseTo(even(1 / 97), 10);
  // Values without two that are equal: their last place says it.
  const apart = Float64Array.from({ length: N }, (_, t) => Number((t + 0.001 * ((37 * t) % 101)).toFixed(3)));
  expect(roundingOf(apart)).toBeCloseTo(even(0.001), 12);
  // Six digits: a tenth as fine above 10 as above 1; of a logarithm a change counts 1 / value.
  const digits = Float64Array.from({ length: N }, (_, t) => Number((1 + 0.2345678 * t).toPrecision(6)));
  const fineness = digits.map(value => (value >= 10 ? 1e-4 : 1e-5));
  const sum = (weight: (value: number) => number): number =>
    fineness.reduce((all, unit, t) => all + (t > 0 ? (unit * weight(digits[t])) ** 2 / 12 : 0), 0);
  expect(roundingOf(digits) / sum(() => 1)).toBeCloseTo(1, 10);
  expect(roundingOf(digits, value => 1 / value) / sum(value => 1 / value)).toBeCloseTo(1, 10);
  // Spaces between floats of 32 bits are between one half and all of what is counted for them, so their squares between a quarter and all.
  const single = roundingOf(written(Math.fround));
  const errors = Array.from({ length: N }, (_, t) => (curve(t) - Math.fround(curve(t))) ** 2).reduce((a, b) => a + b);
  expect(single / errors).toBeGreaterThan(0.7);
  expect(single / errors).toBeLessThan(5);
  expect(roundingOf(written(value => value))).toBe(0);
  expect(roundingOf(Float64Array.from({ length: N }, (_, t) => (t < 50 ? 0 : 1)))).toBe(0);
});

test("stairs of a smooth curve that is rounded are no changes, and a jump of some units is one", () => {
  const random = stream({ seed: 1, purpose: "rounding" });
  const alarms: string[] = [];
  for (let k = 0; k < 8; k++) {
    const [exponent, floor] = [0.3 + random.uniform(), 0.5 * random.uniform()];
    const law = (t: number): number => floor + (t + 1) ** -exponent;
    for (const count of [100, 1000]) {
      const rounded = (jump: number) =>
        Float64Array.from({ length: 250 }, (_, t) => Math.round(count * law(t) + (t < 140 ? 0 : jump)) / count);
      for (const { type } of findChanges(rounded(0)).changes) alarms.push(`${k}, ${count}: ${type}`);
      expect(findChanges(rounded(6)).changes.map(({ at }) => Math.abs(at.estimate - 140) <= 1)).toContain(true);
    }
  }
  expect(alarms.length, alarms.join("\n")).toBeLessThanOrEqual(2);
});
