import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../../src/contracts/json.ts";
import { plain } from "../../../src/lab/plain.ts";
import { answersOf } from "../../../src/lab/vector-tables.ts";
import { verifyWith } from "../../../src/lab/verify.ts";
import { embedding } from "../../../src/systems/embedding/index.ts";
import { heldVectors, testHeldVectors } from "../../support/held-vectors.ts";

const answers = answersOf(embedding);

const { cases } = heldVectors(embedding);

testHeldVectors(embedding, { passed: 69, skipped: 7 });

test("a run from the words of two Mersenne twisters has the start, the targets and the first hundred steps", () => {
  const { input, expected, tolerance } = cases.find(({ quantity }) => quantity === "mersenne-run")!;
  const steps = [0, 1, 10, 100];
  const copy = {
    format: "landau-vectors/1",
    system: "copy",
    cases: [
      {
        quantity: "mersenne-run",
        input: { ...input, max_steps: 100, steps },
        expected: {
          ...Object.fromEntries(["targets_first3", "E0", "W2_first3"].map(name => [name, expected[name]])),
          rows: (expected.rows as readonly Json[]).slice(0, steps.length),
        },
        tolerance,
      },
    ],
  };
  expect(verifyWith({ copy: answers }, JSON.stringify(copy), "copy.json")).toMatchObject({ passed: 1, failed: 0 });
});

const example = (quantity: string) => cases.find(entry => entry.quantity === quantity)!.input;

describe("inputs beyond the examples", () => {
  test("pairs may stand in either order; no parallelogram leaves everything open", () => {
    const set = (train: Json) => plain(answers["train-set"]({ p: 4, Z0: 4, train }));
    expect(set([[0, 2], [1, 1], [3, 0]])).toEqual(set([[2, 0], [1, 1], [0, 3]])); // biome-ignore format: pairs in a row
    expect(set([[0, 0], [3, 3]])).toMatchObject({ n_P0D: 0, rank: 0, n0: 4, lambda3: 0, n_h_eta_1e_3: null, n_implied: 0 }); // biome-ignore format: pairs in a row
  });

  test("embeddings that are all equal realise nothing", () => {
    const E = Array.from({ length: 5 }, () => [0.5, 0.5]);
    expect(answers.rqi({ E, ddof: 1, delta: 0.1 })).toEqual({ rqi: 0, count: 0, total: 7 });
  });

  test.each([
    ["combinatorics", "p", 2],
    ["combinatorics", "p", 23],
    ["train-set", "train", [[0, 10]]],
    ["train-set", "train", [[0, 1], [1, 0]]],
    ["train-set", "train", [[0, 1, 2]]],
    ["train-set", "Z0", 0],
    ["rqi", "E", [[1], [2]]],
    ["rqi", "ddof", 2],
    ["predicted-accuracy", "train", [[0, -1]]],
    ["effective-flow", "E0", [1, 2]],
    ["effective-flow", "t", "x"],
    ["effective-flow-euler", "steps", []],
    ["critical-fraction", "p", 11],
    ["critical-fraction", "exact", false],
    ["s3-train-set", "train", [[0, 6]]],
    ["s3-train-set", "productTable", [[0, 1], [1, 1]]],
    ["training-trace", "b1", [1]],
    ["training-trace", "loss", "L1"],
    ["training-trace", "eta_dec", 0],
    ["mersenne-run", "max_steps", 0],
  ])("%s with a bad %s is refused by name: %j", (quantity, field, value) => {
    expect(() => answers[quantity]({ ...example(quantity), [field]: value } as JsonObject)).toThrow(
      new RegExp(`^(the length of )?(row|column \\d+ of )?${field}(\\[\\d+\\])* is`),
    );
  }); // biome-ignore format: one case a line
});
