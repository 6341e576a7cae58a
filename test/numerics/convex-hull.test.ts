import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { convexHull } from "../../src/numerics/convex-hull.ts";

// Without bias towards zero, where points coincide.
const coordinate = fc.noBias(fc.integer({ min: -2_000_000, max: 2_000_000 })).map(value => value / 1_000_000);

describe("the convex hull", () => {
  test("goes round a square, leaving out its inside and its edges", () => {
    const points = [
      [0, 0],
      [2, 0],
      [1, 1],
      [2, 2],
      [1, 0],
      [0, 2],
      [0, 1],
    ] as const;
    expect(convexHull(points)).toEqual([0, 1, 3, 5]);
  });

  test("has every point on its left", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 9 }), points => {
        const hull = convexHull(points);
        hull.forEach((i, n) => {
          const [a, b] = [points[i], points[hull[(n + 1) % hull.length]]];
          for (const p of points)
            expect((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])).toBeGreaterThanOrEqual(-1e-12);
        });
      }),
      { seed: 3 },
    );
  });

  test.each([
    [[], []],
    [[[1, 1]], [0]],
    [
      [
        [1, 1],
        [0, 0],
      ],
      [0, 1],
    ],
    [
      [
        [1, 1],
        [0, 0],
        [2, 2],
      ],
      [1, 2],
    ],
  ] as [[number, number][], number[]][])("of points on a line is their ends: %j", (points, hull) => {
    expect(convexHull(points)).toEqual(hull);
  });
});
