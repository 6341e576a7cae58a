import { describe, expect, test } from "vitest";
import { populationObjective } from "../../../../src/systems/superposition/model/population.ts";
import { movedPoint } from "../../../../src/systems/superposition/theory/flat-region.ts";
import { logEvidence, vestigialShare } from "../../../../src/systems/superposition/theory/free-energy.ts";
import { full } from "../../../support/full.ts";

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

  test.each(full ? [277, 800] : [277])(
    "at nBeta = %i the share is that of the midpoint rule, its error of second order removed",
    nBeta => {
      const { loss } = populationObjective({ c: 6, r: 2 });
      const w = movedPoint({ c: 6, k: 5, vestigialColumn: [0, 0], vestigialBias: -1 });
      const resting = loss(w);
      const byMidpoints = (fine: number) => {
        const [angles, lengths, biases] = [4 * fine, 60 * fine, 120 * fine];
        let sum = 0;
        for (let i = 0; i < angles; i++)
          for (let j = 0; j < lengths; j++) {
            const angle = ((i + 0.5) * Math.PI) / 5 / angles;
            const length = ((j + 0.5) * 2.5) / lengths;
            w[5] = length * Math.cos(angle);
            w[11] = length * Math.sin(angle);
            for (let m = 0; m < biases; m++) {
              w[17] = -6 + ((m + 0.5) * 8) / biases;
              sum += length * Math.exp(-0.5 * (length ** 2 + w[17] ** 2) - nBeta * (loss(w) - resting));
            }
          }
        return ((sum * 2 * Math.PI) / angles) * (2.5 / lengths) * (8 / biases) * (2 * Math.PI) ** -1.5;
      };
      const [coarse, fine] = [byMidpoints(2), byMidpoints(4)];
      expect(Math.abs(vestigialShare(nBeta) / (fine + (fine - coarse) / 3) - 1)).toBeLessThan(2e-4);
      expect(Math.abs(vestigialShare(nBeta) - fine)).toBeLessThan(Math.abs(vestigialShare(nBeta) - coarse));
    },
  );

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
