import { describe, expect, test } from "vitest";
import type { Settings } from "../../../../src/contracts/field.ts";
import { superpositionTheory } from "../../../../src/systems/superposition/theory/index.ts";

const evaluate = (name: string, inputs: Settings = {}) => {
  const entry = superpositionTheory[name];
  const defaults = Object.fromEntries(Object.entries(entry.inputs).map(([input, control]) => [input, control.default]));
  return entry.evaluate({ ...defaults, ...inputs }) as { [field: string]: unknown };
};

describe("the closed forms that can be asked for by name", () => {
  test.each(Object.keys(superpositionTheory))("%s answers at its defaults, in plain JSON", name => {
    const answer = evaluate(name);
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
  });

  test("a k-gon with its parameters", () => {
    const { l, W, b } = evaluate("kgon", { k: 6, c: 8 }) as { l: number; W: number[][]; b: number[] };
    expect(W).toHaveLength(2);
    expect(W[0]).toHaveLength(8);
    expect(Math.hypot(W[0][3], W[1][3])).toBeCloseTo(l, 15);
    expect(b.slice(6)).toEqual([-0.5, -0.5]);
  });

  test("a saddle of the 4-gon with its unstable direction", () => {
    expect(evaluate("variant", { k: 4, sigma: 1, phi: 1 })).toMatchObject({
      family: "4+-",
      label: "3+",
      type: "saddle",
      signature: null,
      unstable: (1 - Math.SQRT2) / 72,
      lambda: { published: null, volume: null },
    });
  });

  test("the two tables of coefficients give two critical sizes of 4+ -> 5", () => {
    const inputs = { from: "4+", to: "5" };
    expect(evaluate("critical-size", inputs).n).toBeCloseTo(381.3347, 4);
    expect(evaluate("critical-size", { ...inputs, table: "volume" }).n).toBeLessThan(100);
  });

  test("the chambers of the 4-gon beside its coefficient", () => {
    expect(evaluate("coefficient", { k: 4, c: 4 })).toEqual({
      published: null,
      volume: 5.5,
      chamberRanks: [4, 4.5, 5, 5.5],
    });
  });

  test("a vestigial feature pushed out of the flat region", () => {
    expect(evaluate("flat-region").flat).toBe(true);
    expect(evaluate("flat-region", { x: 0.4 }).flat).toBe(false);
  });

  test("impossible inputs are refused by name", () => {
    expect(() => evaluate("kgon", { k: 7 })).toThrow(/^c is 6/);
    expect(() => evaluate("variant", { k: 5, phi: 1 })).toThrow(/^family is "5-"/);
    expect(() => evaluate("critical-size", { to: "7" })).toThrow(/^family is "7"/);
  });
});
