import { describe, expect, test } from "vitest";
import { dominantFrequency, participation, realBasisParticipation } from "../../src/numerics/row-spectra.ts";

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
