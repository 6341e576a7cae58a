import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../../src/contracts/json.ts";
import type { TheoryEntry } from "../../../src/contracts/system.ts";
import { isLandauError } from "../../../src/errors.ts";
import { plain } from "../../../src/lab/plain.ts";
import { answersOf } from "../../../src/lab/vector-tables.ts";
import { superpositionTheory } from "../../../src/systems/superposition/theory/index.ts";
import { superpositionVectors } from "../../../src/systems/superposition/vectors.ts";

interface Allowance {
  readonly relative: number;
  readonly absolute: number;
}
interface Case {
  readonly quantity: string;
  readonly id?: string;
  readonly input: JsonObject;
  readonly expected: JsonObject;
  readonly tolerance: Allowance & { readonly fields?: { readonly [name: string]: Allowance } };
  readonly statistical?: boolean;
}

const file = resolve(import.meta.dirname, "../../vectors/superposition.json");
const all = (JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] }).cases;
const cases = all.filter(({ statistical }) => !statistical);

/** The worst violation of the tolerances, written apart from the program's own comparison. */
const violations = (
  actual: Json | undefined,
  expected: Json,
  tolerance: Case["tolerance"],
  own: Allowance,
  path: string,
): string[] => {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return [`${path}: length`];
    return expected.flatMap((item, i) => violations(actual[i], item, tolerance, own, `${path}[${i}]`));
  }
  if (typeof expected === "object" && expected !== null) {
    if (typeof actual !== "object" || actual === null) return [`${path}: not an object`];
    return Object.entries(expected).flatMap(([key, value]) =>
      violations((actual as JsonObject)[key], value, tolerance, tolerance.fields?.[key] ?? own, `${path}.${key}`),
    );
  }
  const same =
    typeof expected === "number"
      ? typeof actual === "number" && Math.abs(actual - expected) <= own.absolute + own.relative * Math.abs(expected)
      : actual === expected;
  return same ? [] : [`${path}: ${actual} instead of ${expected}`];
};

const answers = answersOf({ theory: superpositionTheory, vectors: superpositionVectors });
const answer = (quantity: string, input: JsonObject) => plain(answers[quantity](input)) as JsonObject;

const example = (quantity: string) => all.find(entry => entry.quantity === quantity)!.input;

describe("the test vectors", () => {
  test("ask for every quantity that has no name of its own among the closed forms", () => {
    const asked = [...new Set(all.map(({ quantity }) => quantity))];
    const theory = Object.values<TheoryEntry>(superpositionTheory);
    expect(asked).toEqual(expect.arrayContaining(Object.keys(superpositionVectors)));
    expect(asked).toEqual(expect.arrayContaining(theory.flatMap(({ answers = [] }) => answers)));
    expect(Object.keys(answers)).toEqual(expect.arrayContaining(asked));
  });

  test.each(cases.map((entry, i) => [`${i}: ${entry.quantity} ${entry.id ?? ""}`, entry] as const))(
    "%s",
    (_name, entry) => {
      const found = answer(entry.quantity, entry.input);
      expect(violations(found, entry.expected, entry.tolerance, entry.tolerance, entry.quantity)).toEqual([]);
    },
  );
});

describe("statistical answers", () => {
  // The others take minutes: `landau verify` runs all of them.
  test.each(
    all.filter(({ quantity, input }) => quantity === "local-coefficient" && input.c === 4 && Number(input.nBeta) > 2e3),
  )("local coefficient of the $id", entry => {
    const found = answer(entry.quantity, entry.input);
    expect(violations(found, entry.expected, entry.tolerance, entry.tolerance, entry.quantity)).toEqual([]);
    expect(answer(entry.quantity, entry.input)).toEqual(found);
  });
});

describe("inputs beyond the examples", () => {
  test.each([9, 10, 11])("a %i-gon among more features", k => {
    const found = answer("kgon", {
      k,
      c: 12,
      sigma: 12 - k,
      vestigialBias: -0.5,
      rotation: -2,
    }) as JsonObject;
    expect(found.gradNorm).toBeLessThan(1e-12);
    expect(found.hessEig).toHaveLength(36);
  });

  test.each([3, 4, 12])("levels at c = %i are 5 per 4-gon, then the larger polygons by k and sigma", c => {
    const { levels } = answer("levels", { c }) as { levels: JsonObject[] };
    const polygons = c === 12 ? [8, 7, 6, 5, 4, 3, 2, 1] : [];
    expect(levels).toHaveLength(c < 4 ? 0 : 5 * (c - 3) + polygons.reduce((sum, count) => sum + count, 0));
    const order = levels.map(({ label, phi, sigma }) => Number(label) * 10_000 + Number(phi) * 100 + Number(sigma));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test("a variant of a larger polygon", () => {
    const { W, b } = kgon(7, 8);
    const found = answer("variant", { c: 8, W, b }) as { level: number; loss: number };
    expect(found).toMatchObject({ live: 7, sigma: 1, phi: 0 });
    expect(found.loss).toBeCloseTo(found.level, 14);
  });

  test("a state outside the plane has no hull and no nearest level", () => {
    const W = [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
    ];
    expect(answer("classify", { W, b: [0, 0, 0, 0.2], tolLen: 0, tolB: 0 })).toMatchObject({
      k: null,
      phi: null,
      live: 3,
      sigma: 1,
      nearestLevel: null,
      levelGap: null,
    });
  });

  test("a free energy that never crosses another", () => {
    expect(answer("critical-size", { c: 6, deltaL: -0.1, lambdaFrom: 1, lambdaTo: 2, deltaC: -9, kappa: 1 })).toEqual({
      n: null,
    });
  });

  test.each([
    ["population", "W", [[1, 2]]],
    ["population", "b", [1, "2"]],
    ["population", "r", 0],
    ["kgon", "k", 2],
    ["kgon", "sigma", 9],
    ["kgon", "rotation", null],
    ["levels", "c", 5.5],
    ["variant", "W", "none"],
    ["flat-region", "vestigialColumn", [1, 2, 3]],
    ["empirical", "dataset", null],
    ["empirical", "W", []],
    ["sgd-step", "batch", [0, 60]],
    ["sgd-step", "batch", []],
    ["sgld-step", "w", [1, 2, 3]],
    ["sgld-step", "noise", [1]],
    ["leapfrog", "p", {}],
    ["leapfrog", "steps", -1],
    ["leapfrog", "priorStd", 0],
    ["sgld-step", "epsilon", -1e-3],
    ["critical-size", "kappa", 0],
    ["critical-size", "deltaL", "small"],
    ["classify", "tolLen", null],
    ["off-diagonal-piece", "a", null],
    ["local-coefficient", "k", 2],
    ["local-coefficient", "nBeta", 0],
    ["local-coefficient", "sigma", 9],
    ["population-occupancy", "A", -1],
    ["population-occupancy", "A", 1e9],
    ["population-occupancy", "priorStd", 0],
    ["population-crossing", "to", 7],
    ["data-occupancy", "n", 0],
    ["data-occupancy", "kappa", "half"],
    ["data-crossing", "nDatasets", 0],
    ["data-crossing", "from", 1.5],
  ])("%s with a bad %s is refused by name", (quantity, field, value) => {
    const attempt = () => answer(quantity, { ...example(quantity), [field]: value });
    expect(attempt).toThrow(new RegExp(`^${field}(\\[\\d+\\])* is`));
    try {
      attempt();
    } catch (error) {
      expect(isLandauError(error, "input")).toBe(true);
    }
  });
});

/** W and b of the k-gon among c features whose vestigial biases are all positive. */
const kgon = (k: number, c: number) => {
  const { l, bias } = answer("kgon", { k, c, sigma: c - k, vestigialBias: -1, rotation: 0 }) as {
    l: number;
    bias: number;
  };
  const ring = (f: (angle: number) => number) =>
    Array.from({ length: c }, (_, m) => (m < k ? l * f((2 * Math.PI * m) / k) : 0));
  return {
    W: [ring(Math.cos), ring(Math.sin)],
    b: Array.from({ length: c }, (_, m) => (m < k ? bias : 1 / (2 * c))),
  };
};
