import { describe, expect, test } from "vitest";
import { logEvidence, vestigialShare } from "../../../../src/systems/superposition/theory/free-energy.ts";

describe("the refined free energies of the 5-gon and the 6-gon at c = 6", () => {
  test.each([
    [100, 0.112],
    [200, 0.082],
    [277, 0.073],
    [300, 0.071],
    [400, 0.067],
  ])("at nBeta = %i the sixth feature keeps the share %d of its prior", (nBeta, share) => {
    expect(Math.abs(vestigialShare(nBeta) - share)).toBeLessThan(2e-3);
  });

  test.each([
    [100, -2.46],
    [200, -0.99],
    [277, 0.26],
    [300, 0.65],
    [400, 2.36],
    [600, 5.84],
  ])("at nBeta = %i their log masses differ by %d", (nBeta, difference) => {
    const { pentagon, hexagon } = logEvidence(nBeta);
    expect(Math.abs(hexagon - pentagon - difference)).toBeLessThan(0.02);
  });

  test("they are equal at an nBeta of about 262", () => {
    const difference = (nBeta: number) => logEvidence(nBeta).hexagon - logEvidence(nBeta).pentagon;
    expect(difference(258)).toBeLessThan(0);
    expect(difference(266)).toBeGreaterThan(0);
  });

  test.each([0, 10, 1000, Number.NaN])("nBeta = %d is refused", nBeta => {
    expect(() => logEvidence(nBeta)).toThrow(/^nBeta is/);
  });
});
