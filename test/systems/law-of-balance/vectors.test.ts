import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/contracts/json.ts";
import { answersOf } from "../../../src/lab/vector-tables.ts";
import { lawOfBalance } from "../../../src/systems/law-of-balance/index.ts";
import { balanceTheory } from "../../../src/systems/law-of-balance/theory/index.ts";

const answers = answersOf(lawOfBalance);
const points = { x: [1, 2], y: [0.5, 1], u0: 1, w0: 0.5, eta: 0.1, gamma: 0, order: [0, 1], v: [0] };
const inputs: { readonly [quantity: string]: JsonObject } = {
  lawOfBalance: points,
  lobStationary: { k: 1, noiseVar: 0.5, T: 0.1, gamma: 0, v: [1] },
  lobGamma: { a3: 1, b1: 1, b2: 0.1, T: 0.02, gamma: 0 },
};

test("each quantity has an answer", () => {
  expect(Object.keys(answers).sort()).toEqual(Object.keys(inputs).sort());
  for (const [quantity, input] of Object.entries(inputs)) expect(answers[quantity](input)).toBeTypeOf("object");
});

test("the density is answered where it is asked for", () => {
  const { k, noiseVar, T, gamma } = { k: 1, noiseVar: 0.5, T: 0.1, gamma: 0 };
  expect(balanceTheory.stationary.evaluate({ k, noiseVar, T, gamma, v: undefined })).not.toHaveProperty(
    "logDensityDiff",
  );
  expect(answers.lobStationary(inputs.lobStationary)).toMatchObject({ logDensityDiff: [0] });
});

describe("inputs", () => {
  test.each(Object.entries(inputs).flatMap(([quantity, input]) => Object.keys(input).map(field => [quantity, field])))(
    "%s without %s is refused by name, unless the answer does not need it",
    (quantity, field) => {
      const { [field]: _left, ...rest } = inputs[quantity];
      if (field === "v" && quantity === "lobStationary")
        return void expect(() => answers[quantity](rest)).not.toThrow();
      expect(() => answers[quantity](rest)).toThrow(new RegExp(`^${field} is undefined`));
    },
  );

  test.each([
    ["lawOfBalance", "order", [2], "order[0]"],
    ["lawOfBalance", "order", [-1], "order[0]"],
    ["lawOfBalance", "y", [1], "y"],
    ["lawOfBalance", "eta", 0, "eta"],
    ["lobStationary", "T", 0, "T"],
    ["lobStationary", "noiseVar", 0, "noiseVar"],
    ["lobStationary", "v", [0], "v"],
    ["lobGamma", "a3", 0, "a3"],
    ["lobGamma", "b1", -1, "b1"],
  ] as const)("%s with %s = %j is refused", (quantity, field, value, place) => {
    let message = "";
    try {
      answers[quantity]({ ...inputs[quantity], [field]: value });
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message.startsWith(`${place} is`), message).toBe(true);
  });
});
