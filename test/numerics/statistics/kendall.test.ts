import { expect, test } from "vitest";
import { kendallTau } from "../../../src/numerics/statistics/kendall.ts";
import { stream } from "../../../src/numerics/stream.ts";

/** By the definition, over all pairs. */
const byPairs = (x: readonly number[], y: readonly number[]): number => {
  let [score, xs, ys] = [0, 0, 0];
  for (let i = 0; i < x.length; i++)
    for (let j = 0; j < i; j++) {
      const [a, b] = [Math.sign(x[i] - x[j]), Math.sign(y[i] - y[j])];
      score += a * b;
      xs += Math.abs(a);
      ys += Math.abs(b);
    }
  return xs * ys > 0 ? score / Math.sqrt(xs * ys) : 0;
};

test("tau-b is that of all pairs, with and without ties", () => {
  const random = stream({ seed: 1, purpose: "kendall" });
  for (let round = 0; round < 200; round++) {
    const values = () => Array.from({ length: 2 + (round % 23) }, () => random.below(1 + (round % 9)));
    const [x, y] = [values(), values()];
    expect(kendallTau(x, y)).toBeCloseTo(byPairs(x, y), 14);
  }
});

test("it is 1 for what rises with the other, -1 for what falls, 0 for what does not vary", () => {
  expect(kendallTau([3, 1, 2], [30, 10, 20])).toBe(1);
  expect(kendallTau([3, 1, 2], [-30, -10, -20])).toBe(-1);
  expect(kendallTau([1, 2, 3], [5, 5, 5])).toBe(0);
});
