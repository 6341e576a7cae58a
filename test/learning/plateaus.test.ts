import fc from "fast-check";
import { expect, test } from "vitest";
import { findPlateaus } from "../../src/learning/plateaus.ts";

test("a staircase falls into its steps, ramps left out", () => {
  const series = [1, 1, 1, 1, 0.8, 0.6, 0.4, 0.4, 0.4, 0.4, 0.4];
  expect(findPlateaus(series, { width: 0.01, points: 3 })).toEqual([
    { from: 0, to: 3, level: 1 },
    { from: 6, to: 10, level: 0.4 },
  ]);
});

test("the level is the median, which one outlier within the band does not move", () => {
  expect(findPlateaus([1, 1, 1, 1.05], { width: 0.1, points: 3 })[0].level).toBe(1);
});

test("plateaus are disjoint, long enough and within their band, whatever the series", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
      fc.integer({ min: 2, max: 5 }),
      (series, points) => {
        let end = -1;
        for (const { from, to, level } of findPlateaus(series, { width: 0.3, points })) {
          const values = series.slice(from, to + 1);
          expect(from).toBeGreaterThan(end);
          expect(values.length).toBeGreaterThanOrEqual(points);
          expect(Math.max(...values) - Math.min(...values)).toBeLessThanOrEqual(0.3);
          expect(level).toBeGreaterThanOrEqual(Math.min(...values));
          expect(level).toBeLessThanOrEqual(Math.max(...values));
          end = to;
        }
      },
    ),
  );
});

test("a NaN belongs to no plateau", () => {
  const series = [1, 1, 1, Number.NaN, 1, 1, 1];
  expect(findPlateaus(series, { width: 0.1, points: 3 }).map(({ from, to }) => [from, to])).toEqual([
    [0, 2],
    [4, 6],
  ]);
});

test.each([
  ["width", { width: 0, points: 3 }],
  ["points", { width: 1, points: 1 }],
])("a bad %s is refused", (name, settings) => {
  expect(() => findPlateaus([1, 1, 1], settings)).toThrow(new RegExp(`^${name} is `));
});
