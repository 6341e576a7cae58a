import { expect, test } from "vitest";
import { nearest, unknownWord } from "../../src/lab/nearest.ts";

test.each<[string, string[], string | undefined]>([
  ["superpositon", ["superposition", "modular"], "superposition"],
  ["SCHEME", ["scheme", "seed"], "scheme"],
  ["K", ["c", "k"], "k"],
  ["x", ["c", "k"], undefined],
  ["rt", ["rate", "r"], "r"],
  ["banana", ["superposition"], undefined],
  ["anything", [], undefined],
])("%s among %j is %s", (word, known, meant) => {
  expect(nearest(word, known)).toBe(meant);
});

test("an unknown word suggests the nearest, or lists the known ones", () => {
  expect(unknownWord("setting", "rat", ["rate", "c"])).toBe('unknown setting "rat": did you mean rate?');
  expect(unknownWord("setting", "banana", ["rate", "c"])).toBe('unknown setting "banana": known: rate, c');
});
