import { describe, expect, test } from "vitest";
import { isLandauError } from "../../src/errors.ts";
import { sweepValues } from "../../src/numerics/sweep-values.ts";

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
