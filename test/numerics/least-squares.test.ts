import { expect, test } from "vitest";
import { leastSquares } from "../../src/numerics/least-squares.ts";

test("a line through three points: solution, squares and covariance are those of the normal equations", () => {
  // Of x = 0, 1, 2: A^T A = [[3, 3], [3, 5]], its inverse [[5, -3], [-3, 3]] / 6; residuals 1/2, -1, 1/2.
  const fit = leastSquares(Float64Array.of(1, 0, 1, 1, 1, 2), Float64Array.of(1, 0, 2), 3, 2);
  expect(fit?.solution[0]).toBeCloseTo(0.5, 14);
  expect(fit?.solution[1]).toBeCloseTo(0.5, 14);
  expect(fit?.squares).toBeCloseTo(1.5, 14);
  fit?.covariance().forEach((value, i) => {
    expect(value).toBeCloseTo([5, -3, -3, 3][i] / 6, 14);
  });
});

test("columns that are multiples of each other have no solution", () => {
  expect(leastSquares(Float64Array.of(1, 2, 2, 4, 3, 6), Float64Array.of(1, 0, 2), 3, 2)).toBeNull();
});
