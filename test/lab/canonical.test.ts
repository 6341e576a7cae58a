import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../src/contracts/json.ts";
import { canonicalJson, contentHash, textHash } from "../../src/lab/canonical.ts";

test("keys are sorted at every depth, lists keep their order, nothing is spaced", () => {
  expect(canonicalJson({ b: [2, 1, { z: null, a: "é\n" }], a: { d: true, c: -0.5e-7 } })).toBe(
    '{"a":{"c":-5e-8,"d":true},"b":[2,1,{"a":"é\\n","z":null}]}',
  );
});

const shuffledKeys = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(shuffledKeys);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, shuffledKeys(item)]),
  );
};

test("the order of keys does not matter, and the text is JSON of the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      const json = JSON.parse(JSON.stringify(value)) as Json;
      expect(canonicalJson(shuffledKeys(json))).toBe(canonicalJson(json));
      expect(JSON.parse(canonicalJson(json))).toEqual(json);
    }),
    { seed: 3, numRuns: 50 },
  );
});

test("the content hash is the SHA-256 of the canonical JSON, as Node computes it", () => {
  const value = { b: "größer", a: [1, 2.5] };
  expect(contentHash(value)).toBe(createHash("sha256").update('{"a":[1,2.5],"b":"größer"}').digest("hex"));
});

test("a text's hash does not depend on its pieces and can be read in between", () => {
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  const hash = textHash();
  hash.add("one\n");
  expect(hash.hex()).toBe(sha256("one\n"));
  hash.add("tw");
  hash.add("o\n");
  expect(hash.hex()).toBe(sha256("one\ntwo\n"));
});
