import { expect, test } from "vitest";
import { tidied } from "../../src/logs/training/tidy.ts";

/** Steps and values of points, in the order in which they stand in a file. */
const tidy = (...points: readonly (readonly [step: number, value: number])[]) => {
  const raw = {
    ...{ run: "run", name: "loss", time: undefined },
    step: Float64Array.from(points, ([step]) => step),
    value: Float64Array.from(points, ([, value]) => value),
  };
  const notes: string[] = [];
  const { step, value, provenance } = tidied(raw, notes, new Map());
  return { points: [...step].map((each, i) => [each, value[i]]), notes, ...provenance };
};

test("of two points of one step the later one counts", () => {
  expect(tidy([0, 5], [1, 4], [1, 3], [2, 2])).toMatchObject({
    points: [
      [0, 5],
      [1, 3],
      [2, 2],
    ],
    ...{ kept: 3, dropped: 1, duplicates: 1, resets: 0 },
  });
});

test("steps that go back and run on from there replace what stood there", () => {
  expect(tidy([0, 9], [1, 8], [2, 7], [3, 6], [1, 5], [2, 4], [3, 3], [4, 2])).toMatchObject({
    points: [
      [0, 9],
      [1, 5],
      [2, 4],
      [3, 3],
      [4, 2],
    ],
    ...{ kept: 5, dropped: 3, duplicates: 0, resets: 1 },
  });
});

test("a single point that comes late takes its place", () => {
  const { points, notes, resets, kept } = tidy([0, 9], [2, 7], [3, 6], [4, 5], [1, 8], [5, 4]);
  expect(points).toEqual([0, 1, 2, 3, 4, 5].map(step => [step, 9 - step]));
  expect({ resets, kept }).toEqual({ resets: 0, kept: 6 });
  expect(notes).toEqual(["loss of run: 1 point stands later than its step"]);
});

test("points without a step are left out, and said", () => {
  const { points, notes, dropped } = tidy([0, 1], [Number.NaN, 2], [1, 3]);
  expect(points).toEqual([
    [0, 1],
    [1, 3],
  ]);
  expect(dropped).toBe(1);
  expect(notes).toEqual(["loss of run: 1 point has no step"]);
});

test("points in no order, each step once, are sorted; where steps come again they are restarts", () => {
  const shuffled = [7, 2, 9, 4, 1, 8, 3, 6, 5, 0];
  const { points, notes, resets, kept } = tidy(...shuffled.map((step): [number, number] => [step, 10 - step]));
  expect(points).toEqual(shuffled.map((_, step) => [step, 10 - step]));
  expect({ resets, kept }).toEqual({ resets: 0, kept: 10 });
  expect(notes).toEqual(["loss of run: the rows are not in the order of their steps: sorted"]);
  const again = tidy([0, 1], [3, 1], [1, 2], [2, 2], [3, 2], [2, 3], [3, 3], [4, 3]);
  expect(again.resets).toBe(2);
  expect(again.points.map(([, value]) => value)).toEqual([1, 2, 3, 3, 3]);
});
