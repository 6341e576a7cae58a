import fc from "fast-check";
import { expect, test } from "vitest";
import { linearCheckpoints, logAndLinearCheckpoints, logCheckpoints } from "../../src/learning/checkpoints.ts";

test("linear checkpoints start at 0 and end at the last step", () => {
  expect(linearCheckpoints(30, 100)).toEqual([0, 30, 60, 90, 100]);
  expect(linearCheckpoints(50, 100)).toEqual([0, 50, 100]);
});

test("log checkpoints have a constant ratio once rounding allows it", () => {
  const steps = logCheckpoints(7, 1_000_000);
  expect(steps).toEqual([0, 1, 10, 100, 1000, 10_000, 100_000, 1_000_000]);
});

test("the union is strictly ascending and holds both kinds", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 50 }),
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 5000 }),
      (count, every, last) => {
        const steps = logAndLinearCheckpoints(count, every, last);
        const held = new Set(steps);
        const isMissing = (step: number) => !held.has(step);
        expect(steps.filter((step, i) => i > 0 && step <= steps[i - 1])).toEqual([]);
        expect(linearCheckpoints(every, last).filter(isMissing)).toEqual([]);
        expect(logCheckpoints(count, last).filter(isMissing)).toEqual([]);
        expect(steps.at(-1)).toBe(last);
      },
    ),
  );
});

test.each([
  [() => linearCheckpoints(0, 10), "every"],
  [() => linearCheckpoints(1, 0), "last"],
  [() => logCheckpoints(1, 10), "count"],
  [() => logCheckpoints(2, 1.5), "last"],
])("%s refuses a bad %s", (make, name) => {
  expect(make).toThrow(new RegExp(`^${name} is `));
});
