import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../../src/contracts/json.ts";
import { isLandauError } from "../../../src/errors.ts";
import { answersOf } from "../../../src/lab/vector-tables.ts";
import { verifyFile } from "../../../src/lab/verify.ts";
import { modular } from "../../../src/systems/modular/index.ts";

interface Case {
  readonly quantity: string;
  readonly input: JsonObject;
  readonly expected: JsonObject;
  readonly tolerance: { readonly relative: number; readonly absolute: number };
}

const answers = answersOf(modular);
const file = resolve(import.meta.dirname, "../../vectors/modular.json");
const all = (JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] }).cases;
// A Jacobian of 1331 rows takes seconds: `landau verify` answers all of them.
const quick = all.filter(({ quantity, input }) => quantity !== "rank" || Number(input.p) <= 7);

const verify = (cases: readonly Case[]) =>
  verifyFile(JSON.stringify({ format: "landau-vectors/1", system: "modular", cases }), "cases");

/** A copy whose first number that is not zero is off by ten times what is allowed. */
const moved = ({ tolerance, ...one }: Case): Case => {
  let done = false;
  const move = (value: Json): Json => {
    if (typeof value === "number" && value !== 0 && !done) {
      done = true;
      return (
        value + 10 * (tolerance.absolute + tolerance.relative * Math.abs(value)) + (tolerance.relative === 0 ? 1 : 0)
      );
    }
    if (Array.isArray(value)) return value.map(move);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, move(entry)]));
  };
  const expected = move(one.expected) as JsonObject;
  expect(done).toBe(true);
  return { ...one, tolerance, expected };
};

describe("the test vectors", () => {
  test("ask for every quantity that no closed form answers", () => {
    const asked = [...new Set(all.map(({ quantity }) => quantity))];
    expect(asked).toEqual(expect.arrayContaining(Object.keys(modular.vectors)));
    expect(Object.keys(answers)).toEqual(expect.arrayContaining(asked));
  });

  test("are answered within their tolerances", async () => {
    const { cases, passed, failed } = await verify(quick);
    expect(cases.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
    expect([passed, failed]).toEqual([quick.length, 0]);
  });

  test.each([...new Set(all.map(({ quantity }) => quantity))])(
    "%s: a number moved by ten tolerances fails",
    async quantity => {
      const one = quick.find(entry => entry.quantity === quantity)!;
      expect(await verify([one, moved(one)])).toMatchObject({ passed: 1, failed: 1, skipped: 0 });
    },
  );
});

describe("inputs that cannot be used", () => {
  const example = (quantity: string) => quick.find(entry => entry.quantity === quantity)!.input;

  test.each([
    ["prng", "seed", -1],
    ["prng", "normals", 1.5],
    ["split", "p", 4],
    ["split", "alpha", 1],
    ["split", "alpha", 0],
    ["forward-gradient", "p", 6],
    ["forward-gradient", "K", 0],
    ["forward-gradient", "op", "plus"],
    ["forward-gradient", "A", [[1]]],
    ["forward-gradient", "pairs", "half"],
    ["forward-gradient", "centred", 1],
    ["optimise", "optimiser", null],
    ["rank", "weights", "unknown"],
    ["rank", "dead", 9],
    ["analytic-solution", "K", 8],
    ["spectrum", "init", []],
    ["spectrum", "lambda_eff_at", {}],
    ["order-parameters", "p", "7"],
    ["closed-forms", "N", 0],
  ])("%s with a bad %s is refused by name", (quantity, field, value) => {
    const attempt = () => answers[quantity]({ ...example(quantity), [field]: value });
    const name = field === "alpha" ? "trainFraction" : field;
    expect(attempt).toThrow(new RegExp(`^${name}(\\[\\d+\\])* is`));
    try {
      attempt();
    } catch (error) {
      expect(isLandauError(error, "input")).toBe(true);
    }
  });
});
