import { describe, expect, test } from "vitest";
import { fieldText, fieldValue, wholeNumber } from "../../src/cli/option-values.ts";
import type { Control, Field } from "../../src/contracts/field.ts";
import type { Json } from "../../src/contracts/json.ts";

const c: Control = { kind: "integer", summary: "features", default: 6, min: 3, max: 64 };
const rate: Control = { kind: "number", summary: "step size", default: 0.005, min: 1e-9, unit: "per step" };
const matrix: Field = { kind: "matrix", summary: "a matrix" };
const scheme: Control = { kind: "choice", summary: "start", default: "A", choices: ["A", "B"] };

describe("the value of a control", () => {
  test.each<[string, Field, string, Json]>([
    ["c", c, "6", 6],
    ["c", c, "6e0", 6],
    ["rate", rate, ".5e-3", 0.0005],
    ["rate", rate, "+1", 1],
    ["scheme", scheme, "B", "B"],
    [
      "rows",
      matrix,
      "[[1, 2], [3, 4]]",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["on", { kind: "flag", summary: "whether" }, "true", true],
    ["share", { kind: "exact", summary: "a share" }, "1/4", "1/4"],
    ["share", { kind: "exact", summary: "a share" }, "0.25", 0.25],
  ])("%s accepts %#", (name, control, text, value) => {
    expect(fieldValue(name, text, control)).toEqual(value);
  });

  test.each<[string, Field, string, string]>([
    ["c", c, "2", "c is 2: needs a whole number between 3 and 64"],
    ["c", c, "6.5", "c is 6.5: needs a whole number between 3 and 64"],
    ["c", c, "", 'c is "": needs a whole number between 3 and 64'],
    ["c", c, "0x10", 'c is "0x10": needs a whole number between 3 and 64'],
    ["c", c, "six", 'c is "six": needs a whole number between 3 and 64'],
    ["rate", rate, "NaN", 'rate is "NaN": needs a number at least 1e-9'],
    ["rate", rate, "Infinity", 'rate is "Infinity": needs a number at least 1e-9'],
    ["rate", rate, "1e999", "rate is Infinity: needs a number at least 1e-9"],
    ["rows", matrix, "[[1, 2], [3]]", "rows[1] is [3]: needs a list of 2 entries, each a finite number"],
    ["rows", matrix, "1 2", 'rows is "1 2": needs a list of rows of numbers, as JSON'],
    ["rate", rate, "-1", "rate is -1: needs a number at least 1e-9"],
    ["scheme", scheme, "a", 'scheme is "a": needs one of A, B'],
  ])("%s refuses %#", (name, control, text, message) => {
    expect(() => fieldValue(name, text, control)).toThrow(message);
  });
});

test("whole numbers of options", () => {
  expect(wholeNumber("seeds", { min: 1 })("12")).toBe(12);
  expect(() => wholeNumber("seeds", { min: 1, max: 9 })("0")).toThrow(
    'seeds is "0": needs a whole number between 1 and 9',
  );
  expect(() => wholeNumber("seed")("1.5")).toThrow('seed is "1.5"');
  expect(() => wholeNumber("seed")("99999999999999999999")).toThrow("seed is");
});

test("what a control allows, in words", () => {
  expect(fieldText(c)).toBe("features (whole number between 3 and 64; default 6)");
  expect(fieldText(rate)).toBe("step size (number at least 1e-9 per step; default 0.005)");
  expect(fieldText(scheme)).toBe("start (one of A, B; default A)");
});
