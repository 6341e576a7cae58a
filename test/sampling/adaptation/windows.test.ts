import { expect, test } from "vitest";
import { windows } from "../../../src/sampling/adaptation/windows.ts";

test("a thousand steps are divided as Stan divides them", () => {
  expect(windows(1000)).toEqual({ from: 75, to: 950, ends: [99, 149, 249, 449, 949] });
});

test.each<[number, number, number, number[]]>([
  // Below 150: 15 % and 10 % at the ends, one window between.
  [100, 15, 90, [89]],
  [149, 22, 135, [134]],
  [150, 75, 100, [99]],
  [200, 75, 150, [99, 149]],
  [500, 75, 450, [99, 149, 249, 449]],
  [300, 75, 250, [99, 149, 249]],
  [299, 75, 249, [99, 248]],
  [20, 3, 18, [17]],
])("%d steps", (burnIn, from, to, ends) => {
  expect(windows(burnIn)).toEqual({ from, to, ends });
});

test.each([0, 1, 19])("%d steps are too few to learn a mass", burnIn => {
  expect(windows(burnIn).ends).toEqual([]);
});

test("windows end where the learning does, and never with a draw or less", () => {
  for (let burnIn = 20; burnIn < 3000; burnIn++) {
    const { from, to, ends } = windows(burnIn);
    expect(ends[ends.length - 1]).toBe(to - 1);
    const starts = [from, ...ends.map(end => end + 1)];
    ends.forEach((end, i) => void expect(end - starts[i]).toBeGreaterThan(8));
    expect(to).toBeLessThan(burnIn);
  }
});
