import { expect, test } from "vitest";
import type { JsonObject } from "../../../src/contracts/json.ts";
import { answersOf } from "../../../src/lab/vector-tables.ts";
import { tame } from "../../../src/systems/tame/index.ts";
import { heldVectors, testHeldVectors } from "../../support/held-vectors.ts";

const answers = answersOf(tame);
const { cases } = heldVectors(tame);

testHeldVectors(tame, { passed: 57, skipped: 0 });

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
