import { describe, expect, test } from "vitest";
import { readFields } from "../../../../src/contracts/field.ts";
import type { JsonObject } from "../../../../src/contracts/json.ts";
import type { TheoryEntry } from "../../../../src/contracts/system.ts";
import { plain } from "../../../../src/lab/plain.ts";
import { superpositionTheory } from "../../../../src/systems/superposition/theory/index.ts";

const table: { readonly [name: string]: TheoryEntry } = superpositionTheory;

const evaluate = (name: string, inputs: JsonObject = {}) => {
  const entry = table[name];
  return plain(entry.evaluate(readFields(entry.inputs, inputs))) as JsonObject;
};

/** For the closed forms of a state that a user gives. */
const square = {
  W: [
    [1, 0, -1, 0, 0],
    [0, 1, 0, -1, 0],
  ],
  b: [0, 0, 0, 0, 0.1],
};
const given: { readonly [name: string]: JsonObject } = {
  population: { c: 5, r: 2, ...square },
  "critical-state": { c: 5, ...square },
  classify: square,
};

describe("the closed forms that can be asked for by name", () => {
  test.each(Object.keys(superpositionTheory))("%s answers at its defaults, in plain JSON", name => {
    const answer = evaluate(name, given[name]);
    expect(Object.keys(answer).length).toBeGreaterThan(0);
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
    expect(evaluate("flat-region", { vestigialColumn: [0.4, 0.05] })).toEqual(evaluate("flat-region", { x: 0.4 }));
  });

  test("a state below its nearest level has a negative gap, one above it a positive one", () => {
    // Five of six features: b = 1/(2c) of the last one is the least loss of the level 5+, another bias is above it, and between the levels
    // 5 and 5+ a state is below the upper one.
    const { W, b } = evaluate("kgon", { sigma: 1 }) as { W: number[][]; b: number[] };
    const gapAt = (bias: number) => {
      const { nearestLevel, levelGap } = evaluate("classify", { W, b: [...b.slice(0, 5), bias] });
      return [nearestLevel, Math.sign(levelGap as number)];
    };
    expect(gapAt(1 / 24)).toEqual(["5+", 1]);
    expect(gapAt(0.01)).toEqual(["5", -1]);
  });

  test("impossible inputs are refused by name", () => {
    expect(() => evaluate("kgon", { k: 7 })).toThrow(/^c is 6/);
    expect(() => evaluate("variant", { k: 5, phi: 1 })).toThrow(/^family is "5-"/);
    expect(() => evaluate("critical-size", { to: "7" })).toThrow(/^family is "7"/);
  });
});
