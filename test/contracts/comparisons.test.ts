import { expect, test } from "vitest";
import { judgeComparison } from "../../src/contracts/claim.ts";
import {
  count,
  fraction,
  fractionBeside,
  jackknifeComparison,
  meanComparison,
  pooledComparison,
} from "../../src/contracts/comparisons.ts";
import { studentQuantile } from "../../src/numerics/student.ts";

test.each([
  [1, 12.706],
  [3, 3.182],
  [11, 2.201],
  [100, 1.984],
])("Student's 97.5 % quantile with %i degrees of freedom, as tabulated", (freedom, quantile) => {
  expect(studentQuantile(freedom)).toBeCloseTo(quantile, 3);
});

test("a fraction beside an earlier one has Newcombe's interval of the difference, as he tabulates it", () => {
  const members = [...Array(56).fill(true), ...Array(14).fill(false)];
  // 56 of 70 less 48 of 80: 0.0524 to 0.3339.
  const { measured, interval } = fractionBeside("q", members, Boolean, { count: 48, size: 80, margin: 0.1 });
  expect(measured).toBeCloseTo(0.2, 12);
  expect(interval![0]).toBeCloseTo(0.0524, 4);
  expect(interval![1]).toBeCloseTo(0.3339, 4);
});

test("an interval of a mean is Student's; pooled groups of one and leaving one out of a mean give the same", () => {
  const values = [1, 2, 6];
  const prediction = { predicted: 3 };
  // Mean 3, variance 7, t = 4.3027 with two degrees of freedom.
  const half = 4.302653 * Math.sqrt(7 / 3);
  const mean = (all: readonly number[]) => all.reduce((sum, value) => sum + value, 0) / all.length;
  for (const { measured, interval } of [
    meanComparison("q", values, prediction),
    pooledComparison(
      "q",
      values.map(value => [value]),
      prediction,
    ),
    jackknifeComparison("q", values, mean, prediction),
  ]) {
    expect(measured).toBeCloseTo(3, 14);
    expect(interval![0]).toBeCloseTo(3 - half, 5);
    expect(interval![1]).toBeCloseTo(3 + half, 5);
  }
});

test("a fraction of nothing is undecided", () => {
  expect(judgeComparison(fraction("q", [], Boolean, { below: 0.5 }))).toBe("undecided");
  expect(judgeComparison(fractionBeside("q", [], Boolean, { count: 1, size: 2, margin: 0.1 }))).toBe("undecided");
});

test("a count holds within its range, ends included, and of nothing is undecided", () => {
  const judged = (members: readonly number[]) => judgeComparison(count("c", members, value => value > 0, [2, 3]));
  expect([judged([1, 1, 0]), judged([1, 1, 1]), judged([1, 0, 0]), judged([1, 1, 1, 1])]).toEqual([
    ...["holds", "holds", "fails", "fails"],
  ]);
  expect(judged([])).toBe("undecided");
});
