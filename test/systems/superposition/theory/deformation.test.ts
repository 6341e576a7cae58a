import { describe, expect, test } from "vitest";
import { populationObjective } from "../../../../src/systems/superposition/model/population.ts";
import {
  deformationCrossing,
  deformedHexagon,
  weightedPentagonLoss,
} from "../../../../src/systems/superposition/theory/deformation.ts";
import { kgonPoint } from "../../../../src/systems/superposition/theory/kgon.ts";
import { levelLoss } from "../../../../src/systems/superposition/theory/levels.ts";

const weighted = (u: number) => populationObjective({ c: 6, r: 2, outputWeights: [1, 1, 1, 1, 1, u] });

describe("the last output weighted by u", () => {
  test("the 6-gon and 5+ cross at u = 0.658197813", () => {
    const { u, loss } = deformationCrossing();
    expect(Math.abs(u - 0.658197813)).toBeLessThan(1e-9);
    expect(Math.abs(loss - 0.0451837)).toBeLessThan(5e-8);
    expect(Math.abs(deformedHexagon(u).loss - weightedPentagonLoss(u))).toBeLessThan(1e-14);
  });

  test("at u = 1 nothing is deformed", () => {
    expect(deformedHexagon(1).loss).toBeCloseTo(levelLoss({ c: 6, live: 6, sigma: 0 }), 15);
    expect(weightedPentagonLoss(1)).toBeCloseTo(levelLoss({ c: 6, live: 5, sigma: 1 }), 15);
  });

  test.each([0.4, 0.6581978, 0.9, 2])("at u = %d both are critical points", u => {
    const gradient = new Float64Array(18);
    const { w, loss } = deformedHexagon(u);
    expect(weighted(u).lossAndGradient(w, gradient)).toBe(loss);
    for (const entry of gradient) expect(Math.abs(entry)).toBeLessThan(1e-14);
    const pentagon = kgonPoint({ k: 5, c: 6, sigma: 1, vestigialBias: -1, rotation: 0 });
    expect(weighted(u).lossAndGradient(pentagon, gradient)).toBeCloseTo(weightedPentagonLoss(u), 15);
    for (const entry of gradient) expect(Math.abs(entry)).toBeLessThan(1e-14);
  });

  test.each([0.1, 3, Number.NaN])("u = %d is refused", u => {
    expect(() => deformedHexagon(u)).toThrow(/^u is/);
  });
});
