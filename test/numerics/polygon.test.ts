import fc from "fast-check";
import { expect, test } from "vitest";
import { clipPolygon, type PlanePoint, polygonArea } from "../../src/numerics/polygon.ts";

const square: readonly PlanePoint[] = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
];

test("a corner, a half, all and nothing of a square", () => {
  expect(polygonArea(clipPolygon(square, [-1, -1, 1]))).toBeCloseTo(0.5, 14);
  expect(polygonArea(clipPolygon(square, [0, 1, -1]))).toBeCloseTo(2, 14);
  expect(clipPolygon(square, [0, 0, 1])).toEqual(square);
  expect(clipPolygon(square, [1, 1, -5])).toEqual([]);
  expect(clipPolygon([], [1, 1, 1])).toEqual([]);
});

test("the two sides of any line share out the area, and lie on their sides", () => {
  const coefficient = fc.double({ min: -3, max: 3, noNaN: true });
  fc.assert(
    fc.property(coefficient, coefficient, coefficient, (a, b, c) => {
      const [kept, left] = [clipPolygon(square, [a, b, c]), clipPolygon(square, [-a, -b, -c])];
      fc.pre(a !== 0 || b !== 0);
      for (const [x, y] of kept) expect(a * x + b * y + c).toBeGreaterThanOrEqual(-1e-12);
      expect(polygonArea(kept) + polygonArea(left)).toBeCloseTo(4, 10);
    }),
  );
});
