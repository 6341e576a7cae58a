import { describe, expect, test } from "vitest";
import { signature } from "../../../../src/numerics/signature.ts";
import { chamberRanks } from "../../../../src/systems/superposition/theory/chambers.ts";
import { learningCoefficient } from "../../../../src/systems/superposition/theory/coefficients.ts";
import { familyOf, familyPoint } from "../../../../src/systems/superposition/theory/families.ts";
import { hessianEigenvalues } from "../../../../src/systems/superposition/theory/kgon-report.ts";

const lambda = (table: "published" | "volume", c: number, label: string) =>
  learningCoefficient(table, { c, ...familyOf(c, label) });

describe("learning coefficients", () => {
  test("of k-gons with k >= 5 are the same in both tables", () => {
    for (const [c, label, expected] of [
      [6, "5", 7],
      [6, "5+", 8.5],
      [7, "5++", 10],
      [6, "6", 8.5],
      [7, "6+", 10],
      [7, "7", 10],
      [8, "8", 11.5],
      [7, "5", 7],
    ] as const) {
      expect(lambda("published", c, label)).toBe(expected);
      expect(lambda("volume", c, label)).toBe(expected);
    }
  });

  test("are half the number of curved directions at those k-gons", () => {
    for (const [c, label] of [
      [5, "5"],
      [6, "5"],
      [6, "5+"],
      [8, "6++"],
      [9, "7"],
      [9, "9"],
    ] as const) {
      const { nPositive } = signature(hessianEigenvalues(c, familyPoint(c, label, -1)));
      expect(lambda("volume", c, label)).toBe(nPositive / 2);
    }
  });

  test("of 4-gons as volume exponents", () => {
    const expected = { 4: [5.5], 5: [6.5, 7], 6: [7.5, 8, 8.5] };
    for (const [c, values] of Object.entries(expected))
      expect(values.map((_, sigma) => lambda("volume", Number(c), `4${"+".repeat(sigma)}`))).toEqual(values);
    expect(lambda("volume", 4, "4-")).toBe(4.5);
  });

  test("of 4+ as published", () => {
    expect(lambda("published", 6, "4+")).toBe(5);
    expect(lambda("published", 5, "4+")).toBe(5);
  });

  test("are unknown at saddles and where the source gives no single value", () => {
    expect(lambda("volume", 7, "5+")).toBeNull();
    expect(lambda("volume", 10, "10")).toBeNull();
    expect(lambda("volume", 6, "4+-")).toBeNull();
    expect(lambda("published", 6, "4")).toBeNull();
  });
});

describe("half the Hessian ranks of the chambers at the 4-gon", () => {
  test.each([
    [0, [4, 4.5, 5, 5.5]],
    [1, [3, 3.5, 4, 4.5]],
    [2, [2, 2.5, 3, 3.5]],
    [3, [1, 1.5, 2]],
    [4, [0]],
  ])("with %i dead vertices", (phi, ranks) => {
    expect(chamberRanks(phi)).toEqual(ranks);
  });

  test("the largest is the volume exponent at c = 4", () => {
    for (const [phi, label] of [
      [0, "4"],
      [1, "4-"],
    ] as const)
      expect(chamberRanks(phi).at(-1)).toBe(lambda("volume", 4, label));
  });
});
