import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../../src/contracts/json.ts";
import { isLandauError } from "../../../src/errors.ts";
import { plain } from "../../../src/lab/plain.ts";
import { answersOf, loadVectorTable } from "../../../src/lab/vector-tables.ts";
import { verifyWith } from "../../../src/lab/verify.ts";
import { deepLinear } from "../../../src/systems/deep-linear/index.ts";

interface Allowance {
  readonly relative: number;
  readonly absolute: number;
}
interface Case {
  readonly quantity: string;
  readonly input: JsonObject;
  readonly expected: JsonObject;
  readonly tolerance: Allowance;
}

const file = resolve(import.meta.dirname, "../../vectors/deep-linear.json");
const text = readFileSync(file, "utf8");
const { cases } = JSON.parse(text) as { cases: Case[] };

/** The answers of deep linear networks and of their relatives, as JSON. */
const table = await loadVectorTable("deep-linear");
const answer = (quantity: string, input: JsonObject): Json => plain(table[quantity](input));

/** Every number that differs by more than is allowed, written apart from the program's own comparison. */
const violations = (actual: Json | undefined, expected: Json, own: Allowance, path: string): string[] => {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return [`${path}: length`];
    return expected.flatMap((item, i) => violations(actual[i], item, own, `${path}[${i}]`));
  }
  if (typeof expected === "object" && expected !== null) {
    if (typeof actual !== "object" || actual === null) return [`${path}: not an object`];
    return Object.entries(expected).flatMap(([key, value]) =>
      violations((actual as JsonObject)[key], value, own, `${path}.${key}`),
    );
  }
  const same =
    typeof expected === "number"
      ? typeof actual === "number" && Math.abs(actual - expected) <= own.absolute + own.relative * Math.abs(expected)
      : actual === expected;
  return same ? [] : [`${path}: ${actual} instead of ${expected}`];
};

describe("the test vectors", () => {
  test("ask for every quantity that is answered, and every one that is asked for is answered", () => {
    const asked = new Set(cases.map(({ quantity }) => quantity));
    expect(Object.keys(table)).toEqual(expect.arrayContaining([...asked]));
    expect([...asked]).toEqual(expect.arrayContaining(Object.keys(answersOf(deepLinear))));
  });

  test.each(cases.map((entry, i) => [`${i}: ${entry.quantity}`, entry] as const))("%s", (_name, entry) => {
    const given = answer(entry.quantity, entry.input);
    expect(violations(given, entry.expected, entry.tolerance, entry.quantity)).toEqual([]);
  });
});

/** Paths of all numbers of an expected answer. */
const numbersIn = (value: Json, path: readonly (string | number)[] = []): (string | number)[][] => {
  if (typeof value === "number") return [[...path]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => numbersIn(child, [...path, key]));
};

test("a copy with any one number moved by ten times its tolerance fails, at every quantity", () => {
  // The cases of one quantity share their formula; the first is moved number by number.
  const first = [...new Map([...cases].reverse().map(entry => [entry.quantity, entry])).values()];
  for (const { quantity, input, expected, tolerance } of first) {
    const given = answer(quantity, input);
    const table = { "deep-linear": { [quantity]: () => given } };
    const verify = (moved: Json) => {
      const copy = {
        format: "landau-vectors/1",
        system: "deep-linear",
        cases: [{ quantity, input, expected: moved, tolerance }],
      };
      return verifyWith(table, JSON.stringify(copy), "copy.json").failed;
    };
    expect(verify(expected), quantity).toBe(0);
    for (const path of numbersIn(expected)) {
      const moved = structuredClone(expected) as JsonObject;
      let place = moved as unknown as { [key: string | number]: never };
      for (const step of path.slice(0, -1)) place = place[step];
      const last = path.at(-1) as string;
      const value = place[last] as number;
      (place as { [key: string]: number })[last] =
        value + 10 * (tolerance.absolute + tolerance.relative * Math.abs(value));
      expect(verify(moved), `${quantity} ${path.join(".")}`).toBe(1);
    }
  }
});

const example = (quantity: string) => cases.find(entry => entry.quantity === quantity)!.input;

describe("inputs beyond the examples", () => {
  test("a depth without a transition has no critical point", () => {
    expect(answer("critical", { D: 0, N: 1, kappa: 2 })).toMatchObject({ order: 0, gamma_c: null, dQ: null });
  });

  test("a ridge regression is its own reduction", () => {
    const reduced = answer("reduction", {
      A0: [
        [2, 0],
        [0, 1],
      ],
      n: [1, 1],
      Ey2: 3,
      gammaU: 0.5,
      gammaW: [],
      widths: [],
      sigma2: [],
    }) as JsonObject;
    // v = n / (a + gamma), L = Ey2 - n . v
    expect(reduced).toMatchObject({ phase: "no transition", B: null, noiseFactor: 1 });
    expect((reduced.v as number[])[0]).toBeCloseTo(1 / 2.5, 14);
    expect(reduced.minLoss).toBeCloseTo(3 - 1 / 2.5 - 1 / 1.5, 14);
  });

  test("a latent dimension too many, and a prior without weight", () => {
    const collapsed = answer("vae", { zeta: [0.5, 2], d1: 5, beta: 0, etaEnc: 1, etaDec: 1, Ey2: 5 }) as {
      learnSigma: { modes: JsonObject[]; minLoss: number };
      betaCritical: number[];
    };
    expect(collapsed.betaCritical).toEqual([4, 0.25]);
    expect(collapsed.learnSigma.modes.map(({ gain }) => gain)).toEqual([2, 0.5]);
    expect(collapsed.learnSigma.minLoss).toBeCloseTo((5 - 4.25) / 2, 14);
  });

  test("a temperature above the critical one leaves a point at zero", () => {
    expect(answer("lobGamma", { b1: 1, b2: 0.1, a3: 1, T: 0.2, gamma: 0 })).toEqual({
      shape: null,
      scale: null,
      mean: 0,
      variance: 0,
      Tc: 0.1,
    });
    expect(answer("lobStationary", { k: 1, noiseVar: 0.5, T: 1, gamma: 0, v: [1] })).toMatchObject({
      mean: 0,
      logZ: null,
    });
  });

  test("a flow that never arrives has no time", () => {
    expect(answer("escapeTime", { D: 2, gamma: 0.3, kappa: 1, N: 1, s0: 0.2, s1: 0.5 })).toEqual({ t: null });
  });

  test.each([
    ["critical", "D", 1.5],
    ["critical", "D", 65],
    ["critical", "N", 0],
    ["globalMinimum", "kappa", -1],
    ["globalMinimum", "gamma", -0.1],
    ["landauCurves", "s", "none"],
    ["reduction", "gammaU", 0],
    ["reduction", "widths", [3, 3]],
    ["reduction", "sigma2", [-1]],
    ["reduction", "A0", [[1, 2]]],
    ["expectedLoss", "U", [1]],
    ["expectedLoss", "W", 3],
    ["anisotropic", "kappa", [1]],
    ["anisotropic", "kappa", [1, 0]],
    ["anisotropic", "gammas", [0]],
    ["modes", "z", null],
    ["flow", "s0", 0],
    ["escapeTime", "s1", -1],
    ["discreteSweep", "gammas", [1, 1]],
    ["discreteSweep", "steps", -1],
    ["slowSweep", "D", 1],
    ["slowSweep", "rates", [0]],
    ["canonicalD1", "gamma", 0],
    ["canonicalScalar", "lo", 9],
    ["canonicalScalar", "n", 0],
    ["equalWeight", "D", 1],
    ["vae", "d1", 0],
    ["vae", "zeta", [-1]],
    ["vaeMatrices", "sig", [1, 0]],
    ["vaeMatrices", "U", [[1, 2]]],
    ["ssl", "rank", 0],
    ["ssl", "C", [[1]]],
    ["lawOfBalance", "order", [4]],
    ["lawOfBalance", "y", [1]],
    ["lobStationary", "T", 0],
    ["lobGamma", "a3", 0],
    ["symmetry", "O", 1],
    ["symmetry", "O", [[2], [0]]],
    ["symmetry", "hSamples", []],
    ["neuron", "act", "sine"],
    ["neuron", "ypoly", [1]],
    ["diagnostics", "m", []],
    ["diagnostics", "e2", 0],
    ["diagnostics", "up", [1]],
  ])("%s with a bad %s is refused by name", (quantity, field, value) => {
    const attempt = () => answer(quantity, { ...example(quantity), [field]: value });
    expect(attempt).toThrow(new RegExp(`^(the length of )?${field}(\\[\\d+\\])* is`));
    try {
      attempt();
    } catch (error) {
      expect(isLandauError(error, "input")).toBe(true);
    }
  });
});
