import { expect, test } from "vitest";
import type { SampledObjective } from "../../src/contracts/objective.ts";
import { stream } from "../../src/numerics/stream.ts";
import { batchSource } from "../../src/sampling/batches.ts";
import { localised } from "../../src/sampling/prior.ts";
import { posterior } from "../../src/sampling/target.ts";
import { quadratic } from "../learning/quadratic.ts";
import { chiSquareScore } from "../numerics/chi-square.ts";

const SAMPLES = 7;
const seen: number[][] = [];
const watched: SampledObjective = {
  ...quadratic([1]),
  samples: SAMPLES,
  batchLossAndGradient(_w, gradient, order, from, to) {
    seen.push([...order.subarray(from, to)]);
    gradient[0] = 5;
    return 3;
  },
};
const target = posterior({ objective: watched, nBeta: 10, prior: localised({ gamma: 2, centre: Float64Array.of(1) }) });
const context = { random: (purpose: string) => stream({ seed: 3, purpose }), burnIn: 0 };
const [w, gradient, loss] = [Float64Array.of(4), new Float64Array(1), new Float64Array(1)];
const batchAt = (source: ReturnType<typeof batchSource>, step: number): number[] => {
  source(w, gradient, loss, step);
  return seen[seen.length - 1];
};

test("value and gradient are those of the batch and of the prior", () => {
  const source = batchSource(target, 3, context);
  expect(source(w, gradient, loss, 0)).toBe(10 * 3 + 0.5 * 2 * 9);
  expect(gradient[0]).toBe(10 * 5 + 2 * 3);
  expect(loss[0]).toBe(3);
});

test("a batch depends on its step alone, and holds no sample twice", () => {
  const source = batchSource(target, 3, context);
  const forth = [0, 1, 2, 3, 4].map(step => batchAt(source, step));
  const back = [4, 3, 2, 1, 0].map(step => batchAt(source, step)).reverse();
  expect(back).toEqual(forth);
  expect(batchAt(batchSource(target, 3, context), 2)).toEqual(forth[2]);
  for (const batch of forth) expect(new Set(batch).size).toBe(3);
  expect(new Set(forth.map(String)).size).toBeGreaterThan(2);
});

test("all subsets are alike", () => {
  const source = batchSource(target, 2, context);
  const counts = new Map<string, number>();
  for (let step = 0; step < 8400; step++) {
    const key = String(batchAt(source, step).sort());
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect(counts.size).toBe(21);
  expect(Math.abs(chiSquareScore([...counts.values()]))).toBeLessThan(4);
});

test("refused: no samples, or too few", () => {
  const plain = posterior({ objective: quadratic([1]), nBeta: 1 });
  expect(() => batchSource(plain, 3, context)).toThrow("batch is 3: needs an objective that has samples");
  expect(() => batchSource(target, 8, context)).toThrow(
    "batch is 8: needs a whole number from 1 to the number of samples, 7",
  );
});
