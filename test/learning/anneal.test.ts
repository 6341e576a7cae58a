import { describe, expect, test } from "vitest";
import type { Objective } from "../../src/contracts/objective.ts";
import { isLandauError } from "../../src/errors.ts";
import { anneal, sweepValues } from "../../src/learning/anneal.ts";
import { quadratic } from "./quadratic.ts";

const refused = (run: () => void): string => {
  try {
    run();
  } catch (error) {
    if (isLandauError(error)) return `${error.kind}: ${error.message}`;
    throw error;
  }
  throw new Error("nothing was refused");
};

describe("sweepValues", () => {
  test("both ends and equal steps, rising or falling", () => {
    expect([...sweepValues(0, 1, 5)]).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect([...sweepValues(2, -1, 4)]).toEqual([2, 1, 0, -1]);
  });

  test("a single value is the first", () => {
    expect([...sweepValues(0.3, 5, 1)]).toEqual([0.3]);
    expect([...sweepValues(0.3, 5, 1, "log")]).toEqual([0.3]);
  });

  test("by equal factors, rising or falling, both ends exact", () => {
    for (const [from, to] of [
      [0.01, 100],
      [7, 0.3],
    ]) {
      const values = sweepValues(from, to, 9, "log");
      expect([values[0], values[8]]).toEqual([from, to]);
      for (let i = 0; i < 8; i++) expect(values[i + 1] / values[i]).toBeCloseTo((to / from) ** (1 / 8), 12);
    }
  });

  test("factors lead nowhere from zero, nor across it", () => {
    expect(refused(() => sweepValues(0, 1, 3, "log"))).toMatch(/^input: from is 0: needs a positive number/);
    expect(refused(() => sweepValues(1, -1, 3, "log"))).toMatch(/^input: to is -1/);
  });
});

describe("anneal", () => {
  test("carries the parameters from value to value: each stage multiplies by (1 - rate a)^steps", () => {
    const [w, values, stepSize, steps] = [Float64Array.of(3), [1, 2, 4], 0.125, 2];
    const seen: { value: number; index: number; w: number; loss: number }[] = [];
    anneal({
      values,
      objective: a => quadratic([a]),
      stepSize,
      steps,
      w,
      visit: stage => void seen.push({ ...stage, w: stage.w[0] }),
    });
    let expected = 3;
    values.forEach((a, index) => {
      expected *= (1 - stepSize * a) ** steps;
      expect(seen[index]).toMatchObject({ value: a, index });
      expect(seen[index].w).toBeCloseTo(expected, 14);
      // The loss at the end of the stage, at that stage's value.
      expect(seen[index].loss).toBeCloseTo(0.5 * a * expected * expected, 14);
    });
    expect(w[0]).toBe(seen[2].w);
  });

  test("kicks before the steps of each value, in place", () => {
    const w = Float64Array.of(0);
    const before: number[] = [];
    anneal({
      values: [1, 1],
      objective: () => quadratic([1]),
      stepSize: 0.5,
      steps: 1,
      w,
      kick(state, index) {
        before.push(state[0]);
        state[0] += 8 * (index + 1);
      },
      visit: () => {},
    });
    // 8 is halved to 4; 4 + 16 is halved to 10.
    expect(before).toEqual([0, 4]);
    expect(w[0]).toBe(10);
  });

  test("asks for one objective at each value, in the order given", () => {
    const asked: number[] = [];
    const objective = (value: number): Objective => {
      asked.push(value);
      return quadratic([1]);
    };
    anneal({ values: [3, 1, 2], objective, stepSize: 0.1, steps: 3, w: Float64Array.of(1), visit: () => {} });
    expect(asked).toEqual([3, 1, 2]);
  });

  test.each([0, 1.5, Number.NaN])("refuses %d steps", steps => {
    const w = Float64Array.of(1);
    const run = () =>
      anneal({ values: [1], objective: () => quadratic([1]), stepSize: 0.1, steps, w, visit: () => {} });
    expect(refused(run)).toMatch(/^input: steps .*an integer >= 1/);
    expect(w[0]).toBe(1);
  });
});
