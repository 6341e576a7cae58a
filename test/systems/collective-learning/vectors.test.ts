import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../../src/contracts/json.ts";
import { isLandauError } from "../../../src/errors.ts";
import { plain } from "../../../src/lab/plain.ts";
import { answersOf } from "../../../src/lab/vector-tables.ts";
import { verifyFile, verifyWith } from "../../../src/lab/verify.ts";
import { collectiveLearning } from "../../../src/systems/collective-learning/index.ts";

const answers = answersOf(collectiveLearning);
const answer = (quantity: string, input: JsonObject): Json => plain(answers[quantity](input));

interface Case {
  readonly quantity: string;
  readonly input: JsonObject;
  readonly expected: JsonObject;
  readonly tolerance: { readonly relative: number; readonly absolute: number };
}

const text = readFileSync(resolve(import.meta.dirname, "../../vectors/collective-learning.json"), "utf8");
const { cases } = JSON.parse(text) as { cases: Case[] };

describe("the test vectors", () => {
  test("ask for every quantity that is answered", () => {
    expect([...new Set(cases.map(({ quantity }) => quantity))].sort()).toEqual(Object.keys(answers).sort());
  });

  test("pass under the system's own name and in a file on output distributions", async () => {
    for (const system of ["collective-learning", "output-distribution"]) {
      const file = JSON.stringify({ ...JSON.parse(text), system });
      const { passed, failed, skipped } = await verifyFile(file, "vectors.json");
      expect([passed, failed, skipped], system).toEqual([6, 0, 0]);
    }
  });
});

/** Paths of all numbers of an expected answer. */
const numbersIn = (value: Json, path: readonly string[] = []): string[][] => {
  if (typeof value === "number") return [[...path]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => numbersIn(child, [...path, key]));
};

test.each(cases.map((entry, i) => [`${i}: ${entry.quantity}`, entry] as const))(
  "%s: a copy with any one number moved by ten times its tolerance fails",
  (_, { quantity, input, expected, tolerance }) => {
    const own = answer(quantity, input);
    const failures = (moved: Json): number => {
      const copy = {
        format: "landau-vectors/1",
        system: "copy",
        cases: [{ quantity, input, expected: moved, tolerance }],
      };
      const { failed } = verifyWith({ copy: { [quantity]: () => own } }, JSON.stringify(copy), "copy.json");
      return failed;
    };
    expect(failures(expected)).toBe(0);
    const paths = numbersIn(expected);
    expect(paths.length).toBeGreaterThan(1);
    for (const path of paths) {
      const moved = structuredClone(expected) as JsonObject;
      let place = moved as { [key: string]: never };
      for (const step of path.slice(0, -1)) place = place[step];
      const last = path.at(-1) as string;
      const value = place[last] as number;
      (place as { [key: string]: number })[last] =
        value + 10 * (tolerance.absolute + tolerance.relative * Math.abs(value));
      expect(failures(moved), path.join(".")).toBe(1);
    }
  },
);

const example = (quantity: string) => cases.find(entry => entry.quantity === quantity)!.input;

describe("inputs beyond the examples", () => {
  test("no hidden layer has runs but no threshold; without decay there is no end of order", () => {
    expect(answer("collective", { ...example("collective"), D: 0 })).not.toHaveProperty("sigma2ExactD1");
    expect(answer("collectiveLargeCoupling", { D: 2, gamma: 0, var: 4, sigma: 100 })).toMatchObject({
      sigma_c2: null,
      M2: 0.08,
    });
  });

  test("no step leaves the networks where they are; a mean above the decay leaves no threshold", () => {
    const still = answer("collective", {
      D: 1,
      gamma: 0.1,
      delta: [1, -0.5],
      m0: [3, -1],
      sigma: [2],
      dt: 0.1,
      steps: 0,
    });
    // mean m^4 - 2 mean(delta) mean(m^2) = 41 - 2 (1/4) 5
    expect(still).toEqual({ runs: [{ sigma: 2, m: [3, -1], M: 1, loss: 38.5 }], sigma2ExactD1: null });
  });

  test.each([
    ["collective", "D", -1],
    ["collective", "D", 1.5],
    ["collective", "D", 100],
    ["collective", "gamma", -1],
    ["collective", "delta", ["a"]],
    ["collective", "m0", [1]],
    ["collective", "sigma", [-1]],
    ["collective", "sigma", 1],
    ["collective", "dt", 0],
    ["collective", "steps", 0.5],
    ["collectiveLargeCoupling", "D", 0],
    ["collectiveLargeCoupling", "gamma", null],
    ["collectiveLargeCoupling", "var", -1],
    ["collectiveLargeCoupling", "sigma", 0],
  ])("%s with a bad %s is refused by name: %j", (quantity, field, value) => {
    const input = { ...example(quantity), [field]: value };
    try {
      answers[quantity](input);
    } catch (error) {
      expect(isLandauError(error, "input")).toBe(true);
      expect((error as Error).message).toMatch(new RegExp(`^(the length of )?${field}(\\[\\d+\\])* is`));
      return;
    }
    throw new Error("nothing was refused");
  });

  test("no networks at all are refused", () => {
    expect(() => answers.collective({ ...example("collective"), delta: [], m0: [] })).toThrow(
      /^the length of delta is 0: needs at least 1$/,
    );
  });

  test("steps too long for the coupling are told as such", () => {
    const input = { ...example("collective"), sigma: [5000] };
    expect(() => answers.collective(input)).toThrow(/not finite after step \d+ at sigma 5000: needs a dt/);
  });
});
