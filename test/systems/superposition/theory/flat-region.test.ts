import { describe, expect, test } from "vitest";
import { flatRegion, isFlat } from "../../../../src/systems/superposition/theory/flat-region.ts";
import { solveKgon } from "../../../../src/systems/superposition/theory/kgon.ts";

const along = (angle: number, length: number) => [length * Math.cos(angle), length * Math.sin(angle)] as const;

describe("the flat neighbourhood of a negative vestigial feature", () => {
  test.each([
    [5, 6],
    [5, 8],
    [6, 7],
    [7, 8],
    [9, 11],
  ])("inside the condition the loss of the %i-gon among %i does not change", (k, c) => {
    const { l, bias } = solveKgon(k);
    for (let step = 0; step < 24; step++) {
      // Just inside the wall of the vertex nearest in angle.
      const angle = (step * Math.PI) / 12;
      const nearest = Math.cos((((angle % ((2 * Math.PI) / k)) + Math.PI / k) % ((2 * Math.PI) / k)) - Math.PI / k);
      const length = (0.999 * -bias) / (l * nearest);
      const moved = { k, c, vestigialColumn: along(angle, length), vestigialBias: -Math.max(length * length, -bias) };
      expect(isFlat(moved)).toBe(true);
      const { excess, gradNorm } = flatRegion(moved);
      expect(Math.abs(excess)).toBeLessThanOrEqual(1e-14);
      expect(gradNorm).toBeLessThan(1e-14);
    }
  });

  test("just outside, the loss rises: a vertex starts to answer to the feature", () => {
    const { l, bias } = solveKgon(5);
    const moved = { k: 5, c: 6, vestigialColumn: along(0, (1.02 * -bias) / l), vestigialBias: -0.6 };
    expect(isFlat(moved)).toBe(false);
    expect(flatRegion(moved).excess).toBeGreaterThan(1e-8);
  });

  test("just outside, the loss changes: the feature starts to answer to itself", () => {
    const moved = { k: 5, c: 6, vestigialColumn: along(0, 0.2), vestigialBias: -0.03 };
    expect(isFlat(moved)).toBe(false);
    expect(Math.abs(flatRegion(moved).excess)).toBeGreaterThan(1e-5);
  });

  test("a 4-gon charges |W_v|^2 / (3c) instead", () => {
    for (const c of [5, 6, 9]) {
      const moved = { k: 4, c, vestigialColumn: along(0.3, 0.1), vestigialBias: -0.5 };
      expect(isFlat(moved)).toBe(false);
      expect(flatRegion(moved).excess).toBeCloseTo(0.01 / (3 * c), 15);
    }
  });

  test("a polygon that uses every feature has nothing to move", () => {
    expect(() => flatRegion({ k: 6, c: 6, vestigialColumn: [0, 0], vestigialBias: -1 })).toThrow(/^c is 6/);
  });
});
