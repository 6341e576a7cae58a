import { expect, test } from "vitest";
import { line, lineFit } from "../../src/numerics/line-fit.ts";

test("points on a line give the line, with and without errors", () => {
  const x = [0, 1, 3, 4];
  const y = x.map(value => 2 * value - 1);
  expect(line(x, y)).toMatchObject({ slope: 2, intercept: -1 });
  expect(lineFit(x, y, [1, 2, 1, 2])).toMatchObject({ slope: 2, intercept: -1 });
});

test("the error of a slope is that of least squares, larger where the points scatter by more than their errors", () => {
  // Centred at x = 0 with sum x^2 = 2; rests 1, -2, 1 around the mean.
  expect(lineFit([-1, 0, 1], [1, -2, 1], [10, 10, 10])?.slopeError).toBeCloseTo(10 / Math.SQRT2, 12);
  expect(lineFit([-1, 0, 1], [1, -2, 1])?.slopeError).toBeCloseTo(Math.sqrt(6 / 2), 12);
});

test("points of one x have no line", () => {
  expect(lineFit([2, 2, 2], [1, 2, 3])).toBeNull();
  expect(line([2, 2], [1, 2]).slope).toBeNaN();
});
