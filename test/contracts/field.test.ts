import { expect, test } from "vitest";
import { type Field, integer, list, number, numbers, readField } from "../../src/contracts/field.ts";
import type { Json } from "../../src/contracts/json.ts";

const takes = (field: Field, value: Json): boolean => {
  try {
    readField(field, value, "x");
    return true;
  } catch {
    return false;
  }
};

test.each<[string, Field, readonly Json[], readonly Json[]]>([
  ["from 1 to 3", number("x", { min: 1, max: 3 }), [1, 2.5, 3], [0.999, 3.001, "2", null]],
  ["above 0", number("x", { above: 0 }), [1e-300, 7], [0, -1]],
  ["whole", integer("x"), [-2, 0, 2 ** 52], [0.5, 2 ** 53]],
  ["at least two numbers", numbers("x", { least: 2 }), [[1, 2], [1, 2, 3]], [[1], [], 1, [1, "2"]]],
  ["three entries", list("x", integer("entry"), { length: 3 }), [[1, 2, 3]], [[1, 2], [1, 2, 3, 4]]],
  ["true or false", { kind: "flag", summary: "x" }, [true, false], [0, "true"]],
])("%s", (_, field, allowed, refused) => {
  expect(allowed.filter(value => !takes(field, value))).toEqual([]);
  expect(refused.filter(value => takes(field, value))).toEqual([]);
}); // biome-ignore format: a case in each line
