import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Json } from "../../src/contracts/json.ts";
import type { System } from "../../src/contracts/system.ts";
import { plain } from "../../src/lab/plain.ts";
import { answersOf } from "../../src/lab/vector-tables.ts";
import { verifyFile, verifyWith } from "../../src/lab/verify.ts";
import { type Case, movedCopies } from "./moved-copies.ts";

/** Text and cases of the vectors that are held for a system. */
export const heldVectors = ({ name }: System): { readonly text: string; readonly cases: readonly Case[] } => {
  const text = readFileSync(resolve(import.meta.dirname, `../vectors/${name}.json`), "utf8");
  return { text, cases: (JSON.parse(text) as { cases: Case[] }).cases };
};

/**
 * Declares the tests of the vectors that are held for a system: they ask for all that it answers, they pass, and a copy with one expected
 * number moved by ten times its tolerance fails. Slow ones are left out.
 */
export const testHeldVectors = (system: System, expected: { readonly passed: number; readonly skipped: number }) => {
  const answers = answersOf(system);
  const { text, cases } = heldVectors(system);

  describe("the test vectors", () => {
    test("ask for every quantity that is answered", () => {
      expect([...new Set(cases.map(({ quantity }) => quantity))].sort()).toEqual(Object.keys(answers).sort());
    });

    test("pass", async () => {
      const { passed, failed, skipped } = await verifyFile(text, "vectors.json", { skip: ["slow"] });
      expect([passed, failed, skipped]).toEqual([expected.passed, 0, expected.skipped]);
    });
  });

  test.each(
    cases.filter(({ slow }) => !slow).map((entry, i) => [`${i}: ${entry.quantity} ${entry.id ?? ""}`, entry] as const),
  )("%s: a copy with one expected number moved by ten times its tolerance fails", (_, entry) => {
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
  });
};
