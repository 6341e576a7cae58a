import { expect, test } from "vitest";
import { studentQuantile } from "../../src/contracts/comparisons.ts";

test.each([
  [1, 12.706],
  [3, 3.182],
  [11, 2.201],
  [100, 1.984],
])("Student's 97.5 % quantile with %i degrees of freedom, as tabulated", (freedom, quantile) => {
  expect(studentQuantile(freedom)).toBeCloseTo(quantile, 3);
});
