import { expect, test } from "vitest";
import { grokkingSeverity, milestonesOf } from "../../src/transitions/milestones.ts";

test("severity is the mean gap, and 0 of a run that ends below 0.95", () => {
  expect(grokkingSeverity([1, 1, 1, 1], [0, 0.5, 1, 1])).toBe(0.375);
  expect(grokkingSeverity([1, 1], [0, 0.94])).toBe(0);
});

test("milestones are the first evaluated steps", () => {
  expect(milestonesOf([0, 10, 20, 30], [0.2, 1, 0.99, 1], [0, 0.4, 0.6, 0.96])).toEqual({
    train100: 10,
    test50: 20,
    test95: 30,
    test99: null,
  });
});
