import { describe, expect, test } from "vitest";
import type { Json } from "../../src/contracts/json.ts";
import { compare, type Tolerance } from "../../src/lab/compare.ts";

const within = (relative: number, absolute: number, fields: Tolerance["fields"] = new Map()): Tolerance => ({
  relative,
  absolute,
  fields,
});
const exact = within(0, 0);

const paths = (actual: unknown, expected: Json, tolerance = exact) =>
  compare(actual, expected, tolerance).map(({ path }) => path);

describe("numbers", () => {
  test.each([
    ["equal", 0.1, 0.1, exact, true],
    ["one ulp off, exact", 0.1 + Number.EPSILON / 8, 0.1, exact, false],
    ["minus zero and zero", -0, 0, exact, true],
    ["at the edge of absolute", 1.5, 1, within(0, 0.5), true],
    ["just past the edge of absolute", 1.5 + 2 * Number.EPSILON, 1, within(0, 0.5), false],
    ["relative to the expected value, not the actual", 111, 100, within(0.1, 0), false],
    ["relative and absolute add", 111, 100, within(0.1, 1), true],
    ["relative of zero is zero", 1e-300, 0, within(1, 0), false],
    ["relative at 1e308", 1.0000001e308, 1e308, within(1e-6, 0), true],
    ["opposite ends of the range", -1.7e308, 1.7e308, within(1e-6, 0), false],
    ["relative of the least number", 2 * Number.MIN_VALUE, Number.MIN_VALUE, within(0.1, 0), false],
    ["NaN", Number.NaN, 1, within(10, 10), false],
    ["Infinity", Number.POSITIVE_INFINITY, 1e308, within(1e-3, 1e308), false],
    ["a number as text", "1", 1, within(10, 10), false],
    ["true for 1", true, 1, within(10, 10), false],
    ["null for 0", null, 0, within(10, 10), false],
    ["a big integer for a number", 1n, 1, within(10, 10), false],
  ])("%s", (_, actual, expected, tolerance, passes) => {
    expect(compare(actual, expected, tolerance).length).toBe(passes ? 0 : 1);
  });

  test("a difference carries what was allowed, and NaN in words", () => {
    expect(compare({ a: Number.NaN }, { a: 2 }, within(0.25, 0.5))).toEqual([
      { path: "a", expected: 2, actual: "NaN", allowed: 1 },
    ]);
  });
});

describe("other values", () => {
  test.each<[string, unknown, Json, boolean]>([
    ["equal strings", "5+", "5+", true],
    ["different strings", "5", "5+", false],
    ["equal booleans", false, false, true],
    ["different booleans", true, false, false],
    ["0 for false", 0, false, false],
    ["null", null, null, true],
    ["0 for null", 0, null, false],
    ["missing for null", undefined, null, false],
  ])("%s", (_, actual, expected, passes) => {
    expect(compare(actual, expected, within(10, 10)).length).toBe(passes ? 0 : 1);
  });
});

describe("arrays and objects", () => {
  test("a longer and a shorter array differ as a whole", () => {
    expect(paths([1, 2, 3], [1, 2])).toEqual([""]);
    expect(paths([1], [1, 2])).toEqual([""]);
    expect(paths([], [])).toEqual([]);
  });

  test("an array is no object and an object no array", () => {
    expect(paths([], {})).toEqual([""]);
    expect(paths({ 0: 1, length: 1 }, [1])).toEqual([""]);
    expect(paths(null, {})).toEqual([""]);
  });

  test("further keys are allowed, missing ones are not", () => {
    expect(paths({ a: 1, more: 2 }, { a: 1 })).toEqual([]);
    expect(compare({ a: 1 }, { a: 1, b: [2] }, exact)).toEqual([
      { path: "b", expected: [2], actual: "missing", allowed: null },
    ]);
  });

  test("an inherited property does not answer an expected key", () => {
    expect(paths({}, JSON.parse('{"toString": "x", "__proto__": {"a": 1}}'))).toEqual(["toString", "__proto__"]);
  });

  test("every difference is reported with its path, in order", () => {
    const expected = {
      levels: [
        { k: 4, loss: 0.1 },
        { k: 5, loss: 0.2 },
      ],
      branches: ["O+"],
    };
    const actual = {
      levels: [
        { k: 4, loss: 0.3 },
        { k: 6, loss: 0.2 },
      ],
      branches: ["O-"],
    };
    expect(paths(actual, expected)).toEqual(["levels[0].loss", "levels[1].k", "branches[0]"]);
  });
});

describe("tolerance of a field", () => {
  const tolerance = within(
    0,
    0,
    new Map([
      ["rows", { relative: 0, absolute: 1 }],
      ["inner", { relative: 0, absolute: 0.1 }],
    ]),
  );

  test("applies to everything below its key, at any depth, and nowhere else", () => {
    expect(paths({ rows: [[1.5], { x: 2.5 }] }, { rows: [[1], { x: 2 }] }, tolerance)).toEqual([]);
    expect(paths({ deep: { rows: [1.5] } }, { deep: { rows: [1] } }, tolerance)).toEqual([]);
    expect(paths({ other: [1.5] }, { other: [1] }, tolerance)).toEqual(["other[0]"]);
  });

  test("replaces the outer one, whether tighter or wider", () => {
    expect(paths({ rows: { inner: 1.5, outer: 1.5 } }, { rows: { inner: 1, outer: 1 } }, tolerance)).toEqual([
      "rows.inner",
    ]);
  });
});
