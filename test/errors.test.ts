import fc from "fast-check";
import { expect, test } from "vitest";
import { explained, invalid, LandauError } from "../src/errors.ts";

const circle: { self?: unknown } = {};
circle.self = circle;
const untellable = {
  toJSON() {
    throw new Error("no");
  },
};

test.each<[string, unknown, string]>([
  ["a number", Number.NaN, "NaN"],
  ["a bigint", 3n, "3"],
  ["a bigint inside", { x: 3n }, "an object that is no JSON"],
  ["a symbol", Symbol("s"), "Symbol(s)"],
  ["a function", () => 1, "() => 1"],
  ["nothing", null, "null"],
  ["what holds itself", circle, "an object that is no JSON"],
  ["an array that holds itself", [circle], "an array that is no JSON"],
  ["what cannot be told", untellable, "an object that is no JSON"],
  ["what has no prototype", Object.create(null), "{}"],
])("an error about %s says what it can", (_, value, shown) => {
  expect(invalid("x", value, "a number").message).toBe(`x is ${shown}: needs a number`);
});

test("an error about anything is an error of Landau, in one short line", () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }), value => {
      const error = invalid("x", value, "a number");
      expect(error).toBeInstanceOf(LandauError);
      expect(error.message.length).toBeLessThan(120);
    }),
  );
});

test("of a long message the beginning and the end are kept", () => {
  const { message } = new LandauError("input", `a.nc: ${"x".repeat(5000)}: needs a shorter one`);
  expect(message).toMatch(/^a\.nc: x+ \.\.\. x+: needs a shorter one$/);
  expect(message).toHaveLength(1905);
  const whole = "y".repeat(2000);
  expect(new LandauError("input", whole).message).toBe(whole);
});

test("errors of size and depth are explained, and others left as they are", () => {
  const deep = (): number => 1 + deep();
  for (const [fail, needs] of [
    [() => new Float64Array(2 ** 60), "needs more memory than there can be"],
    [() => "x".repeat(2 ** 40), "needs more memory than there can be"],
    [deep, "needs more calls within calls than there can be"],
  ] as const)
    try {
      fail();
      expect.unreachable();
    } catch (error) {
      expect(explained(error)).toMatchObject({ kind: "input", message: expect.stringContaining(needs) });
    }
  const other = new RangeError("toFixed() digits argument must be between 0 and 100");
  expect(explained(other)).toBe(other);
});
