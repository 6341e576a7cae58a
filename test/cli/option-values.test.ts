import { describe, expect, test } from "vitest";
import { controlText, controlValue, wholeNumber } from "../../src/cli/option-values.ts";
import type { Control } from "../../src/contracts/field.ts";

const c: Control = { kind: "integer", summary: "features", default: 6, min: 3, max: 64 };
const rate: Control = { kind: "number", summary: "step size", default: 0.005, min: 1e-9, unit: "per step" };
const scheme: Control = { kind: "choice", summary: "start", default: "A", choices: ["A", "B"] };

describe("the value of a control", () => {
  test.each<[string, Control, string, number | string]>([
    ["c", c, "6", 6],
    ["c", c, "6e0", 6],
    ["rate", rate, ".5e-3", 0.0005],
    ["rate", rate, "+1", 1],
    ["scheme", scheme, "B", "B"],
  ])("%s accepts %#", (name, control, text, value) => {
    expect(controlValue(name, text, control)).toBe(value);
  });

  test.each<[string, Control, string, string]>([
    ["c", c, "2", "c is 2: needs a whole number between 3 and 64"],
    ["c", c, "6.5", "c is 6.5: needs a whole number between 3 and 64"],
    ["c", c, "", 'c is "": needs a whole number between 3 and 64'],
    ["c", c, "0x10", 'c is "0x10": needs a whole number between 3 and 64'],
    ["c", c, "six", 'c is "six": needs a whole number between 3 and 64'],
    ["rate", rate, "NaN", 'rate is "NaN": needs a number at least 1e-9'],
    ["rate", rate, "Infinity", 'rate is "Infinity": needs a number at least 1e-9'],
    ["rate", rate, "1e999", "rate is Infinity: needs a number at least 1e-9"],
    ["rate", rate, "-1", "rate is -1: needs a number at least 1e-9"],
    ["scheme", scheme, "a", 'scheme is "a": needs one of A, B'],
  ])("%s refuses %#", (name, control, text, message) => {
    expect(() => controlValue(name, text, control)).toThrow(message);
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
  expect(controlText(c)).toBe("features (whole number between 3 and 64; default 6)");
  expect(controlText(rate)).toBe("step size (number at least 1e-9 per step; default 0.005)");
  expect(controlText(scheme)).toBe("start (one of A, B; default A)");
});
