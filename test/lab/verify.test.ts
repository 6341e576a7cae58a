import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Answer, Json, VectorTable } from "../../src/contracts/index.ts";
import { LandauError } from "../../src/errors.ts";
import { answersOf } from "../../src/lab/vector-tables.ts";
import { type VectorTables, type VerifyOptions, verifyWith } from "../../src/lab/verify.ts";
import { superposition } from "../../src/systems/superposition/index.ts";

const tables: VectorTables = {
  toy: {
    double: ({ x }) => ({ value: 2 * (x as number) }),
    fails: () => {
      throw new Error("x is out of reach");
    },
  },
};

const file = (cases: readonly object[], over: object = {}): string =>
  JSON.stringify({ format: "landau-vectors/1", system: "toy", cases, ...over });
const double = (x: number, value: Json, over: object = {}) => ({
  quantity: "double",
  input: { x },
  expected: { value },
  tolerance: { relative: 1e-9, absolute: 0 },
  ...over,
});
const verify = (cases: readonly object[], options?: VerifyOptions) =>
  verifyWith(tables, file(cases), "v.json", options);

describe("the loop", () => {
  test("counts what passes, fails and is skipped", () => {
    const { passed, failed, skipped, cases } = verify(
      [
        double(1, 2, { id: "right" }),
        double(1, 3, { id: 7 }),
        double(1, 3, { statistical: true }),
        double(1, 3, { slow: true }),
        { quantity: "not-even-known", input: {}, expected: 0, slow: true, statistical: true },
      ],
      { skip: ["statistical", "slow"] },
    );
    expect({ passed, failed, skipped }).toEqual({ passed: 1, failed: 1, skipped: 3 });
    expect(cases.map(({ id, outcome }) => [id, outcome])).toEqual([
      ["right", "passed"],
      ["7", "failed"],
      ["[2]", "skipped"],
      ["[3]", "skipped"],
      ["[4]", "skipped"],
    ]);
    expect(cases[1].failures).toEqual([{ path: "value", expected: 3, actual: 2, allowed: 3 * 1e-9 }]);
  });

  test("runs statistical and slow cases unless they are to be skipped", () => {
    const cases = [double(1, 3, { statistical: true }), double(1, 3, { slow: true })];
    expect(verify(cases).failed).toBe(2);
    expect(verify(cases, { skip: ["slow"] })).toMatchObject({ failed: 1, skipped: 1 });
  });

  test("an unknown quantity fails and suggests the nearest", () => {
    const { failed, cases } = verify([double(1, 2, { quantity: "duoble" }), double(1, 2, { quantity: "toString" })]);
    expect(failed).toBe(2);
    expect(cases[0].error).toBe('unknown quantity "duoble": did you mean double?');
  });

  test("a function that throws fails its case with the message, and the loop goes on", () => {
    const { cases } = verify([{ quantity: "fails", input: {}, expected: 1 }, double(1, 2)]);
    expect(cases.map(({ outcome, error }) => [outcome, error])).toEqual([
      ["failed", "x is out of reach"],
      ["passed", undefined],
    ]);
  });

  test("a tolerance that is absent means exactly", () => {
    expect(verify([double(0.1, 0.2, { tolerance: undefined })]).passed).toBe(1);
    expect(verify([double(0.1, 0.2 + Number.EPSILON / 4, { tolerance: undefined })]).failed).toBe(1);
    expect(verify([double(0.1, 0.21, { tolerance: { absolute: 0.1 } })]).passed).toBe(1);
  });

  test("only: other quantities are left out, not counted as skipped", () => {
    const { passed, failed, skipped } = verify([double(1, 2), { quantity: "fails", input: {}, expected: 1 }], {
      only: ["double"],
    });
    expect({ passed, failed, skipped }).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(() => verify([double(1, 2)], { only: ["doubel"] })).toThrow("did you mean double?");
  });

  test("visits each result as it comes", () => {
    const seen: string[] = [];
    verify([double(1, 2), double(1, 3)], { visit: ({ outcome }) => seen.push(outcome) });
    expect(seen).toEqual(["passed", "failed"]);
  });
});

describe("a file that cannot be used is refused by name and place", () => {
  const rightCase = double(1, 2);
  test.each<[string, string, string]>([
    ["empty", "", "v.json:1:1: not JSON: expected a value, found the end of the file"],
    [
      "cut off",
      '{"format": "landau-vectors/1",\n  "cases": [',
      "v.json:2:13: not JSON: expected a value, found the end of the file",
    ],
    ["a comma too many", '{\n  "a": [1,\n    2,]\n}', 'v.json:3:7: not JSON: expected a value, found "]"'],
    ["a comma missing", '{"a": 1\n "b": 2}', 'v.json:2:2: not JSON: expected "," or "}", found'],
    ["no colon", '{"a" 1}', 'v.json:1:6: not JSON: expected ":", found "1}"'],
    ["an unquoted name", "{a: 1}", 'v.json:1:2: not JSON: expected a name in double quotes, found "a:"'],
    ["NaN", '{"a": NaN}', 'v.json:1:7: not JSON: expected a value, found "NaN}"'],
    ["a number cut short", '{"a": 1.}', "v.json:1:7: not JSON: expected a value"],
    ["text after the end", "{} x", 'v.json:1:4: not JSON: expected the end of the file, found "x"'],
    ["not an object", "[]", "v.json: the file is []: needs an object"],
    ["no format", file([rightCase], { format: undefined }), 'v.json: format is missing: needs "landau-vectors/1"'],
    ["another format", file([rightCase], { format: "vectors" }), 'format is "vectors": needs "landau-vectors/1"'],
    ["a newer version", file([rightCase], { format: "landau-vectors/2" }), "a newer landau may read it"],
    ["no system", file([rightCase], { system: 3 }), "system is 3: needs the name of a system"],
    ["an unknown system", file([rightCase], { system: "tyo" }), 'unknown system "tyo": did you mean toy?'],
    ["no cases", file([], { cases: undefined }), "cases is missing: needs a list of at least one case"],
    ["empty cases", file([]), "cases is []: needs a list of at least one case"],
    ["a case that is no object", file([rightCase, 4 as unknown as object]), "cases[1] is 4: needs an object"],
    ["no quantity", file([{ ...rightCase, quantity: undefined }]), "cases[0].quantity is missing: needs a name"],
    ["no input", file([{ ...rightCase, input: undefined }]), "cases[0].input is missing: needs an object"],
    ["no expected answer", file([{ ...rightCase, expected: undefined }]), "cases[0].expected is missing"],
    ["an empty answer", file([{ ...rightCase, expected: {} }]), "cases[0].expected is {}: needs at least one value"],
    ["empty all the way down", file([{ ...rightCase, expected: { a: [{}], b: {} } }]), "needs at least one value"],
    ["an id that is no name", file([{ ...rightCase, id: {} }]), "cases[0].id is {}: needs a name"],
    ["a flag that is no flag", file([{ ...rightCase, slow: "yes" }]), 'cases[0].slow is "yes": needs true or false'],
    [
      "a number beyond float64",
      file([rightCase]).replace('"value":2', '"value":2e999'),
      "cases[0].expected is Infinity",
    ],
    [
      "a negative tolerance",
      file([double(1, 2, { tolerance: { relative: -1 } })]),
      "tolerance.relative is -1: needs a number >= 0",
    ],
    [
      "a tolerance in words",
      file([double(1, 2, { tolerance: { absolute: "small" } })]),
      'tolerance.absolute is "small"',
    ],
    ["a tolerance that is null", file([double(1, 2, { tolerance: { absolute: null } })]), "tolerance.absolute is null"],
    ["an infinite tolerance", file([rightCase]).replace("1e-9", "1e999"), "tolerance.relative is Infinity: needs"],
    [
      "a field's bad tolerance",
      file([double(1, 2, { tolerance: { fields: { value: 1 } } })]),
      "tolerance.fields.value is 1: needs an object",
    ],
    [
      "endless nesting",
      file([rightCase]).replace('"value":2', `"value":${"[".repeat(5000)}${"]".repeat(5000)}`),
      "nested too deep",
    ],
    [
      "cases that are nested without end",
      `{"format":"landau-vectors/1","system":"superposition","cases":[${"[".repeat(200_000)}${"]".repeat(200_000)}]}`,
      "is an array that is no JSON: needs an object",
    ],
  ])("%s", (_, text, message) => {
    let thrown: unknown;
    try {
      verifyWith(tables, text, "v.json");
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(LandauError);
    expect((thrown as LandauError).kind).toBe("vectors");
    expect((thrown as LandauError).message).toContain(message);
    expect((thrown as LandauError).message).toMatch(/^v\.json[:]/);
  });
});

describe("test/vectors/superposition.json", () => {
  const text = readFileSync(resolve(import.meta.dirname, "../vectors/superposition.json"), "utf8");
  const parsed = JSON.parse(text) as { cases: Case[] };
  type Node = { [key: string]: Json } | Json[];
  interface Case {
    quantity: string;
    input: object;
    expected: Node;
    statistical?: boolean;
    tolerance: {
      relative: number;
      absolute: number;
      fields?: { [field: string]: { relative: number; absolute: number } };
    };
  }

  /** The answers of the system, computed once. */
  const answers = new Map<string, Answer>();
  const table = answersOf(superposition);
  const remembered: VectorTable = Object.fromEntries(
    Object.entries(table).map(([quantity, answer]) => [
      quantity,
      input => {
        const key = quantity + JSON.stringify(input);
        if (!answers.has(key)) answers.set(key, answer(input));
        return answers.get(key)!;
      },
    ]),
  );
  const failing = (changed: string) =>
    verifyWith({ superposition: remembered }, changed, "superposition.json", { skip: ["statistical"] });

  test("passes as it is, the statistical cases skipped", () => {
    const { failed, passed, skipped, cases } = failing(text);
    expect(cases.filter(({ outcome }) => outcome === "failed")).toEqual([]);
    expect({ failed, passed, skipped }).toEqual({
      failed: 0,
      passed: parsed.cases.filter(({ statistical }) => !statistical).length,
      skipped: parsed.cases.filter(({ statistical }) => statistical).length,
    });
  });

  test("any one expected number moved by ten times its own tolerance fails its case and no other", () => {
    const wrong: string[] = [];
    let moved = 0;
    const cases = parsed.cases.filter(({ statistical }) => !statistical);
    for (const [index, own] of cases.entries()) {
      const { expected, tolerance, quantity } = own;
      // Beside a neighbour alone: all of them a few thousand times over would take a minute.
      const pair = { ...parsed, cases: [own, cases[(index + 1) % cases.length]] };
      for (const { parent, key, allowance } of numbersBelow(expected, tolerance, tolerance.fields ?? {})) {
        const holder = parent as { [key: string]: Json };
        const value = holder[key] as number;
        const allowed = allowance.absolute + allowance.relative * Math.abs(value);
        for (const sign of [-1, 1]) {
          const step = allowed > 0 ? 10 * allowed : Math.max(Math.abs(value) * 2 * Number.EPSILON, Number.MIN_VALUE);
          holder[key] = value + sign * step;
          const failed = failing(JSON.stringify(pair)).cases.flatMap(({ outcome }, i) =>
            outcome === "failed" ? [i] : [],
          );
          if (failed.length !== 1 || failed[0] !== 0) wrong.push(`${quantity} case ${index}, ${key}: ${failed}`);
          moved++;
        }
        holder[key] = value;
      }
    }
    expect(wrong).toEqual([]);
    expect(moved).toBeGreaterThan(1000);
  });

  interface Place {
    readonly parent: Node;
    readonly key: string;
    readonly allowance: { readonly relative: number; readonly absolute: number };
  }

  const numbersBelow = (
    parent: Node,
    allowance: Place["allowance"],
    fields: { readonly [field: string]: Place["allowance"] },
  ): Place[] =>
    Object.entries(parent).flatMap(([key, value]) => {
      const own = Array.isArray(parent) ? allowance : (fields[key] ?? allowance);
      if (typeof value === "number") return [{ parent, key, allowance: own }];
      return value !== null && typeof value === "object" ? numbersBelow(value as Node, own, fields) : [];
    });
});
