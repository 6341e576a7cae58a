import { expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/contracts/json.ts";
import type { VectorTable } from "../../src/contracts/system.ts";
import { plain } from "../../src/lab/plain.ts";
import { verifyWith } from "../../src/lab/verify.ts";

/** A case of a file of test vectors with the two tolerances that every number of it has. */
export interface TestVector {
  readonly quantity: string;
  readonly id?: string;
  readonly input: JsonObject;
  readonly expected: JsonObject;
  readonly tolerance: { readonly relative: number; readonly absolute: number };
}

/** Paths of all numbers of an expected answer. */
const numbersIn = (value: Json, path: readonly string[] = []): string[][] => {
  if (typeof value === "number") return [[...path]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => numbersIn(child, [...path, key]));
};

/** A copy with the number at a path moved by ten times its tolerance; by 1 where it must be met exactly. */
const moved = ({ expected, tolerance }: TestVector, path: readonly string[]): JsonObject => {
  const copy = structuredClone(expected) as JsonObject;
  let place = copy as { [key: string]: never };
  for (const step of path.slice(0, -1)) place = place[step];
  const last = path.at(-1) as string;
  const value = place[last] as number;
  const by = 10 * (tolerance.absolute + tolerance.relative * Math.abs(value));
  (place as { [key: string]: number })[last] = value + (by === 0 ? 1 : by);
  return copy;
};

/** Every case passes as it stands and fails with any one number moved. */
export const testMovedVectors = (cases: readonly TestVector[], answers: VectorTable): void => {
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
      for (const path of numbersIn(expected)) expect(failures(moved(entry, path)), path.join(".")).toBe(1);
    },
  );
};
