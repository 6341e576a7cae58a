import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fittingTicks } from "../../src/charts/axes.ts";
import { type Axis, domainOf, scaleOf, type Tick } from "../../src/charts/scale.ts";

const linear: Axis = { label: "x" };
const log: Axis = { label: "x", scale: "log" };
/** The numbers of an axis of some length, drawn along the bottom. */
const numbers = (axis: Axis, domain: readonly [number, number], pixels: number): string[] =>
  fittingTicks(scaleOf(axis, domain, [0, pixels]), "bottom").flatMap(({ text }) => (text === "" ? [] : [text]));

describe("the ends of an axis", () => {
  test("linear: round numbers around the values", () => {
    expect(domainOf(linear, [0.037, 0.114])).toEqual([0.03, 0.12]);
  });

  test("log: just beyond the values", () => {
    const [low, high] = domainOf(log, [2, 700]);
    expect(low).toBeCloseTo(2 / 1.15, 12);
    expect(high).toBeCloseTo(700 * 1.15, 12);
  });

  test("those that were asked for, as they are", () => {
    expect(domainOf({ ...linear, domain: [0.1, 0.77] }, [5, 6])).toEqual([0.1, 0.77]);
  });

  test("a single value, and no value at all, lie within", () => {
    for (const value of [0, 3, -2e-5, 1e7, 1e-300]) {
      const [low, high] = domainOf(linear, [value, value]);
      expect(low).toBeLessThan(value);
      expect(high).toBeGreaterThan(value);
    }
    expect(domainOf(linear, [])).toEqual([0, 1]);
    expect(domainOf(log, [7, 7])[0]).toBeLessThan(7);
  });
});

describe("places", () => {
  test("linear: in proportion", () => {
    const { at } = scaleOf(linear, [10, 20], [100, 300]);
    expect([10, 12.5, 20].map(at)).toEqual([100, 150, 300]);
  });

  test("log: equal factors are equally far apart, upwards too", () => {
    const { at } = scaleOf(log, [1, 1e4], [400, 0]);
    expect([1, 10, 100, 1e4].map(value => Math.round(at(value)))).toEqual([400, 300, 200, 0]);
  });
});

describe("numbers on an axis", () => {
  test("linear: as many round ones as fit", () => {
    expect(numbers(linear, [0, 4500], 700)).toEqual("0 500 1,000 1,500 2,000 2,500 3,000 3,500 4,000 4,500".split(" "));
    expect(numbers(linear, [0, 4500], 230)).toEqual(["0", "1,000", "2,000", "3,000", "4,000"]);
    expect(numbers(linear, [0, 4500], 90)).toEqual(["0", "4,000"]);
  });

  test("linear: one number of decimals for all, a true minus sign, long ones with a power of ten", () => {
    expect(numbers(linear, [-0.5, 1], 200)).toEqual(["\u22120.5", "0.0", "0.5", "1.0"]);
    expect(numbers(linear, [0, 3e6], 300)).toEqual(["0", "10⁶", "2×10⁶", "3×10⁶"]);
    expect(numbers(linear, [0, 4e-9], 300)).toEqual(["0", "10⁻⁹", "2×10⁻⁹", "3×10⁻⁹", "4×10⁻⁹"]);
  });

  test("counts: whole numbers only", () => {
    expect(numbers({ ...linear, whole: true }, [0, 2.4], 400)).toEqual(["0", "1", "2"]);
  });

  test("log: powers of ten, with multiples between where there is room", () => {
    expect(numbers(log, [0.9, 1200], 500)).toEqual("1 2 5 10 20 50 100 200 500 1,000".split(" "));
    expect(numbers(log, [0.9, 1200], 260)).toEqual("1 3 10 30 100 300 1,000".split(" "));
    expect(numbers(log, [0.9, 1200], 150)).toEqual(["1", "10", "100", "1,000"]);
    expect(numbers(log, [1e-7, 2], 300)).toEqual("10⁻⁷ 10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 10⁰".split(" "));
    expect(numbers(log, [1e-7, 2], 120)).toEqual(["10⁻⁶", "10⁻³", "10⁰"]);
  });

  test("log over less than a decade: as on a linear axis", () => {
    expect(numbers(log, [1.2, 2.9], 500)).toEqual(["1.2", "1.4", "1.6", "1.8", "2.0", "2.2", "2.4", "2.6", "2.8"]);
  });

  test("any: what is written is the value, no two are alike, and they keep apart", () => {
    const value = fc.double({ min: 1e-12, max: 1e12, noNaN: true });
    const axis = fc.constantFrom(linear, log);
    fc.assert(
      fc.property(axis, value, value, fc.integer({ min: 60, max: 1100 }), (axis, a, b, pixels) => {
        const domain = domainOf(axis, [a, b]);
        const scale = scaleOf(axis, domain, [0, pixels]);
        const ticks = fittingTicks(scale, "left").filter(({ text }) => text !== "");
        for (const { value, text } of ticks) expect(Math.abs(readBack(text) - value)).toBeLessThan(1e-9 * domain[1]);
        expect(new Set(ticks.map(({ text }) => text)).size).toBe(ticks.length);
        const places = ticks.map(({ value }) => scale.at(value)).sort((a, b) => a - b);
        places.forEach((place, i) => {
          if (i > 0) expect(place - places[i - 1]).toBeGreaterThanOrEqual(29.9);
        });
      }),
    );
  });

  test("short ticks between powers have no number", () => {
    const short = (ticks: readonly Tick[]) => ticks.filter(({ text }) => text === "").map(({ value }) => value);
    const ticks = fittingTicks(scaleOf(log, [1, 100], [0, 90]), "bottom");
    expect(short(ticks)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 20, 30, 40, 50, 60, 70, 80, 90]);
  });
});

/** Reads "1,500", a true minus sign, and 2 x 10 to a power. */
const readBack = (text: string): number => {
  const plain = text.replaceAll(",", "").replaceAll("\u2212", "-");
  const [, mantissa = "1", power] = /^(?:(.+)×)?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/.exec(plain) ?? [];
  if (power === undefined) return Number(plain);
  return Number(
    `${mantissa}e${[...power]
      .map(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹⁻".indexOf(digit))
      .map(digit => (digit === 10 ? "-" : digit))
      .join("")}`,
  );
};
