import fc from "fast-check";
import { expect, test } from "vitest";
import { clipped, isInside } from "../../src/charts/clip.ts";

const frame = { left: 0, right: 100, top: 0, bottom: 50 };

test("what lies inside stays as it is, in one part", () => {
  const points = [
    [0, 0],
    [50, 25],
    [100, 50],
  ] as const;
  expect(clipped(points, frame)).toEqual([points]);
  expect(clipped([[3, 4]], frame)).toEqual([[[3, 4]]]);
  expect(clipped([], frame)).toEqual([]);
});

test("a line that leaves and comes back is cut in two, at the edge", () => {
  const parts = clipped(
    [
      [10, 25],
      [30, 75],
      [50, 25],
    ],
    frame,
  );
  expect(parts).toHaveLength(2);
  expect(parts[0][1][0]).toBeCloseTo(20, 1);
  expect(parts[0][1][1]).toBeCloseTo(50, 1);
  expect(parts[1][0][0]).toBeCloseTo(40, 1);
});

test("a segment across the whole frame is seen although both ends lie outside", () => {
  const [[from, to]] = clipped(
    [
      [-100, 25],
      [200, 25],
    ],
    frame,
  );
  expect([from[1], to[1]]).toEqual([25, 25]);
  expect(from[0]).toBeCloseTo(0, 1);
  expect(to[0]).toBeCloseTo(100, 1);
});

test("what lies beside the frame is not seen", () => {
  expect(
    clipped(
      [
        [-10, 60],
        [110, 60],
      ],
      frame,
    ),
  ).toEqual([]);
  expect(clipped([[-10, 20]], frame)).toEqual([]);
});

test("parts of any line lie in the frame and on the line; points inside are kept", () => {
  const point = fc.tuple(
    fc.double({ min: -200, max: 300, noNaN: true }),
    fc.double({ min: -100, max: 1e30, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(point, { minLength: 2, maxLength: 12 }), points => {
      const parts = clipped(points, frame);
      for (const [x, y] of parts.flat()) {
        expect(x).toBeGreaterThanOrEqual(-0.02);
        expect(x).toBeLessThanOrEqual(100.02);
        expect(y).toBeGreaterThanOrEqual(-0.02);
        expect(y).toBeLessThanOrEqual(50.02);
      }
      const seen = parts.flat().map(String);
      for (const each of points) if (isInside(each, frame)) expect(seen).toContain(String(each));
    }),
  );
});
