import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../../src/contracts/json.ts";
import { plain } from "../../../src/lab/plain.ts";
import { answersOf } from "../../../src/lab/vector-tables.ts";
import { verifyFile, verifyWith } from "../../../src/lab/verify.ts";
import { tame } from "../../../src/systems/tame/index.ts";
import { type Case, movedCopies } from "../../support/moved-copies.ts";

const answers = answersOf(tame);
const text = readFileSync(resolve(import.meta.dirname, "../../vectors/tame.json"), "utf8");
const { cases } = JSON.parse(text) as { cases: Case[] };

describe("the test vectors", () => {
  test("ask for every quantity that is answered", () => {
    expect([...new Set(cases.map(({ quantity }) => quantity))].sort()).toEqual(Object.keys(answers).sort());
  });

  test("pass", async () => {
    const { passed, failed, skipped } = await verifyFile(text, "vectors.json");
    expect([passed, failed, skipped]).toEqual([57, 0, 0]);
  });
});

test.each(cases.map((entry, i) => [`${i}: ${entry.quantity} ${entry.id ?? ""}`, entry] as const))(
  "%s: a copy with any one expected number moved by ten times its tolerance fails",
  (_, entry) => {
    const { quantity, input, expected, tolerance } = entry;
    const own = plain(answers[quantity](input));
    const failures = (other: Json): number => {
      const copy = {
        format: "landau-vectors/1",
        system: "copy",
        cases: [{ quantity, input: {}, expected: other, tolerance }],
      };
      return verifyWith({ copy: { [quantity]: () => own } }, JSON.stringify(copy), "copy.json").failed;
    };
    expect(failures(expected)).toBe(0);
    for (const { path, expected } of movedCopies(entry)) expect(failures(expected), path).toBe(1);
  },
);

const example = (quantity: string) => cases.find(entry => entry.quantity === quantity)!.input;

test.each([
  ["sauerLog", "m", 0],
  ["sauerLog", "d", -1],
  ["growthFunctions", "n", 0],
  ["uniformDeviationBounds", "N", 0],
  ["uniformDeviationBounds", "delta", 0],
  ["natarajanDeviation", "classes", 1],
  ["sampleComplexity", "eps", 1.5],
  ["sampleComplexity", "d", 0],
  ["lipschitzSampleComplexity", "lipschitz", 0],
  ["fatDimensions", "gamma", 0.6],
  ["vcPolynomial", "params", 0],
  ["vcNetworks", "weights", 1.5],
  ["vcOneParameterTame", "components", -1],
  ["sineShatter", "labels", Array(16).fill(1)],
  ["sineShatter", "labels", [2]],
  ["sineGrowth", "x", [0.1, 0]],
  ["sineGrowth", "omegaMax", 1e9],
  ["uniformDeviationExact", "u", [0.5, 1.5]],
  ["gaugeCoupling", "theta", [1, 2, 3]],
  ["gaugeCoupling", "s", 0],
  ["slowRoll", "s", -1],
  ["cutoffClass", "lam", [[1, 2]]],
  ["linearRademacher", "B", -1],
  ["ermInterval", "y", [0, 1]],
  ["gaugeLeastSquares", "a", [0.5]],
  ["gaugeLeastSquares", "s", Array(20).fill(1)],
])("%s with a bad %s is refused by name: %j", (quantity, field, value) => {
  expect(() => answers[quantity]({ ...example(quantity), [field]: value } as JsonObject)).toThrow(
    new RegExp(`^(the length of )?${field}(\\[\\d+\\])* is`),
  );
});
