import fc from "fast-check";
import { expect, test } from "vitest";
import { spread } from "../../src/charts/spread.ts";

test("positions that are far enough apart stay", () => {
  expect(spread([10, 30, 50], 12, [0, 100])).toEqual([10, 30, 50]);
});

test("two that clash move apart evenly, and keep their order", () => {
  expect(spread([52, 50], 12, [0, 100])).toEqual([57, 45]);
});

test("equal positions keep the order of the input", () => {
  expect(spread([50, 50, 50], 10, [0, 100])).toEqual([40, 50, 60]);
});

test("any positions end inside the bounds and no closer than the gap that fits", () => {
  const heights = fc.array(fc.double({ min: -50, max: 150, noNaN: true }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(heights, positions => {
      const placed = spread(positions, 12, [0, 100]).sort((a, b) => a - b);
      const gap = Math.min(12, 100 / Math.max(1, positions.length - 1));
      expect(placed[0]).toBeGreaterThanOrEqual(-1e-9);
      expect(placed[placed.length - 1]).toBeLessThanOrEqual(100 + 1e-9);
      for (let i = 1; i < placed.length; i++) expect(placed[i]! - placed[i - 1]!).toBeGreaterThanOrEqual(gap - 1e-9);
    }),
  );
});
