import { describe, expect, test } from "vitest";
import { dominantFrequency, participation, realBasisParticipation } from "../../../src/numerics/row-spectra.ts";
import { activeNeurons, neuronStrengths } from "../../../src/systems/modular/phases.ts";
import { grokkingSeverity, milestonesOf } from "../../../src/transitions/milestones.ts";

const p = 11;
const row = (of: (j: number) => number) => Float64Array.from({ length: p }, (_, j) => of(j));
const wave = (f: number, phase = 0) => row(j => Math.cos((2 * Math.PI * f * j) / p + phase));

describe("participation ratios", () => {
  test("of one frequency 1, of two alike 1/2, of a constant 0, of a single entry 1/m", () => {
    const rows = [wave(3, 0.4), row(j => wave(2)[j] + wave(5, 1)[j]), row(() => 2), row(j => (j === 4 ? 1 : 0))];
    const ratios = participation(Float64Array.from(rows.flatMap(one => [...one])), { p, K: 4 });
    [1, 0.5, 0, 1 / 5].forEach((expected, k) => {
      expect(ratios[k]).toBeCloseTo(expected, 12);
    });
  });

  test("in the real basis of each half depend on the phase", () => {
    expect(realBasisParticipation([wave(2), wave(2)], { p, K: 1 })[0]).toBeCloseTo(0.5, 12);
    const between = wave(2, Math.PI / 4);
    expect(realBasisParticipation([between, between], { p, K: 1 })[0]).toBeCloseTo(0.25, 12);
  });

  test("the strongest frequency", () => {
    const rows = [wave(3), row(j => wave(1)[j] + 2 * wave(4)[j]), row(() => 0)];
    expect([...dominantFrequency(Float64Array.from(rows.flatMap(one => [...one])), { p, K: 3 })]).toEqual([3, 4, 0]);
  });
});

test("strengths and active neurons", () => {
  const w = Float64Array.of(3, 0, 0, 0.01, 0, 0, 4, 0, 0, 0, 0, 0, 2, 0, 0, 5, 0, 0);
  const strengths = neuronStrengths(w, { p: 3, K: 2 });
  expect([...strengths]).toEqual([10, 0.05]);
  expect(activeNeurons(strengths)).toBe(1);
});

test("severity is the mean gap, and 0 of a run that ends below 0.95", () => {
  expect(grokkingSeverity([1, 1, 1, 1], [0, 0.5, 1, 1])).toBe(0.375);
  expect(grokkingSeverity([1, 1], [0, 0.94])).toBe(0);
});

test("milestones are the first evaluated steps", () => {
  expect(milestonesOf([0, 10, 20, 30], [0.2, 1, 0.99, 1], [0, 0.4, 0.6, 0.96])).toEqual({
    train100: 10,
    test50: 20,
    test95: 30,
    test99: null,
  });
});
