import { describe, expect, test } from "vitest";
import { chiSquareAbove } from "../../../src/numerics/incomplete-gamma.ts";
import { separatingPlane } from "../../../src/numerics/separating-plane.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { studentBeyond, studentQuantile } from "../../../src/numerics/student.ts";
import { coverProbability } from "../../../src/systems/emergence/theory/cover.ts";
import { betaChangePoint } from "../../../src/transitions/emergence/beta-change-point.ts";
import { binomialModels } from "../../../src/transitions/emergence/binomial-models.ts";
import { compoundingCheck } from "../../../src/transitions/emergence/compounding-check.ts";
import { prequentialBits, surrogateTest } from "../../../src/transitions/emergence/early-warning.ts";
import { extrapolate } from "../../../src/transitions/emergence/extrapolate.ts";
import { gaussianModels } from "../../../src/transitions/emergence/gaussian-models.ts";
import { replicateStats, variancePeak } from "../../../src/transitions/emergence/replicate-stats.ts";
import { discoveries, gradeOf } from "../../../src/transitions/emergence/signs.ts";
import { subspaceOverlap } from "../../../src/transitions/emergence/subspace-overlap.ts";
import { detectableTestSize } from "../../../src/transitions/emergence/token-metrics.ts";
import { sharpeningOf } from "../../../src/transitions/emergence/width-exponent.ts";

describe("laws", () => {
  test("chi-square above what tables print, and far out", () => {
    expect(chiSquareAbove(3.841458820694124, 1)).toBeCloseTo(0.05, 12);
    expect(chiSquareAbove(18.307038053275146, 10)).toBeCloseTo(0.05, 12);
    // Two degrees of freedom: exp(-x / 2).
    expect(chiSquareAbove(400, 2) / 1.3838965267367376e-87).toBeCloseTo(1, 10);
    expect(chiSquareAbove(0, 3)).toBe(1);
  });

  test("Student's law of one degree of freedom is Cauchy's", () => {
    for (const t of [0.3, 1, 4]) expect(studentBeyond(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 12);
    expect(studentBeyond(studentQuantile(7, 0.01), 7)).toBeCloseTo(0.01, 10);
    expect(studentBeyond(Infinity, 3)).toBe(0);
  });
});

describe("Cover's probability", () => {
  test.each([
    [5, 2],
    [9, 4],
    [12, 12],
    [30, 3],
  ])("of %i patterns and %i inputs is the sum of binomials", (P, N) => {
    let [choose, sum] = [1, 0];
    for (let i = 0; i < N; i++) {
      sum += choose;
      choose = (choose * (P - 1 - i)) / (i + 1);
    }
    expect(coverProbability(P, N)).toBeCloseTo(sum / 2 ** (P - 1), 12);
  });
});

describe("a separating plane", () => {
  test("is found where labels come from one, and not where a row and its opposite are there", () => {
    const random = stream({ seed: 3, purpose: "planes" });
    for (let round = 0; round < 20; round++) {
      const rows = new Float64Array(60 * 5);
      random.normals(rows);
      for (let i = 0; i < 60; i++) if (rows[5 * i] < 0) for (let j = 0; j < 5; j++) rows[5 * i + j] *= -1;
      const plane = separatingPlane(rows, 60, 5)!;
      for (let i = 0; i < 60; i++) {
        let along = 0;
        for (let j = 0; j < 5; j++) along += plane[j] * rows[5 * i + j];
        expect(along).toBeGreaterThan(0);
      }
      for (let j = 0; j < 5; j++) rows[5 + j] = -2 * rows[j];
      expect(separatingPlane(rows, 60, 5)).toBeNull();
    }
  });
});

describe("models", () => {
  const scale = [1, 2, 4, 8, 16, 32, 64, 128];
  const n = scale.map(() => 400);

  test("counts that a logistic curve makes are fitted by it, with its coefficients", () => {
    const x = scale.map(Math.log);
    const centre = x.reduce((sum, value) => sum + value, 0) / x.length;
    const k = x.map(value => Math.round(400 / (1 + Math.exp(-0.4 - 1.1 * (value - centre)))));
    const { logistic, compounding, step } = binomialModels({ scale, k, n });
    expect(logistic.beta[0]).toBeCloseTo(0.4, 1);
    expect(logistic.beta[1]).toBeCloseTo(1.1, 1);
    expect(logistic.bic).toBeLessThan(Math.min(compounding.bic, step.bic));
  });

  test("counts that do not vary leave all models alike, and none or all are fitted without end", () => {
    for (const hits of [0, 200, 400]) {
      const { constant, logistic, compounding, step } = binomialModels({ scale, k: scale.map(() => hits), n });
      for (const fit of [logistic, compounding, step]) expect(fit.logLik).toBeCloseTo(constant.logLik, 5);
    }
  });

  test("a break is placed where it is, and its posterior sums to 1", () => {
    const { posterior, firstBreak } = betaChangePoint({ k: [1, 2, 1, 90, 95], n: Array(5).fill(100) });
    expect(posterior.indexOf(Math.max(...posterior)) + firstBreak).toBe(3);
    expect(posterior.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  });

  test("a jump beyond a trend is measured beyond it", () => {
    const x = Array.from({ length: 12 }, (_, i) => i);
    const { jumpModel, jumpSize, jumpAt, deltaJump } = gaussianModels(
      x,
      x.map(i => -0.3 * i - (i > 5 ? 2 : 0) + (i % 2 === 0 ? 0.01 : -0.01)),
    );
    expect(jumpModel).toBe("twoLines");
    expect(jumpSize).toBeCloseTo(-2, 1);
    expect(jumpAt).toBe(5.5);
    expect(deltaJump).toBeGreaterThan(10);
  });

  test("with seven points two lines have no AICc, which is null", () => {
    const { twoLines } = gaussianModels([0, 1, 2, 3, 4, 5, 6], [0, 1, 0, 1, 0, 2, 1]);
    expect(twoLines.aicc).toBeNull();
  });

  test("effective length of sequences that fail as one is 1, of independent ones L", () => {
    const p = [0.3, 0.5, 0.7, 0.8, 0.9];
    const items = p.map(() => 100_000);
    const counts = (power: number) => p.map(q => Math.round(1e5 * q ** power));
    expect(compoundingCheck({ p, k: counts(1), n: items }, 8).lEff).toBeCloseTo(1, 2);
    expect(compoundingCheck({ p, k: counts(8), n: items }, 8).lEff).toBeCloseTo(8, 1);
  });

  test("points on a line are foreseen exactly", () => {
    const { mean, coverage } = extrapolate([0, 1, 2, 3, 4, 5], [1, 3, 5, 7, 9, 11]);
    expect(mean).toEqual([7, 9, 11]);
    expect(coverage).toBe(1);
  });
});

describe("signs", () => {
  test("two sharp equal groups have a Binder cumulant of 2/3; values that do not differ have none", () => {
    expect(replicateStats([-1, 1, -1, 1, -1, 1, -1, 1]).binder).toBeCloseTo(2 / 3, 12);
    expect(replicateStats([2, 2, 2, 2]).binder).toBeNull();
  });

  test("a peak inside is one, at an end it is none", () => {
    expect(variancePeak([1, 1, 9, 1, 1])).toMatchObject({ at: 2, ratio: 9, interior: true });
    expect(variancePeak([9, 1, 1])).toMatchObject({ interior: false });
  });

  test("grades count the signs that were seen, not those that were not measured", () => {
    const none = { scaling: null, criticality: null, compression: null, bases: null, generalisation: null };
    expect(gradeOf(none)).toBe("jump only");
    expect(gradeOf({ ...none, scaling: true, criticality: true })).toBe("partial");
    expect(gradeOf({ ...none, scaling: true, criticality: true, bases: true, compression: true })).toBe(
      "emergent in the KKM sense",
    );
  });

  test("of many tables that were searched, weak jumps are dropped and strong ones stay", () => {
    // p = exp(-Delta/2): 0.0067, 0.049, 0.37, 1.
    expect(discoveries([10, 6.03, 2, -5])).toEqual([true, false, false, false]);
    expect(discoveries([10, 8, 7, 6.03])).toEqual([true, true, true, true]);
  });

  test("exponents are read by their limits", () => {
    expect([0, -0.2, -0.5, 0.4].map(sharpeningOf)).toEqual(["shifts only", "unclear", "sharpens", "shifts only"]);
  });

  test("the size of a test is the smallest with which a success is likely enough", () => {
    for (const [accuracy, power] of [[0.5, 0.75], [0.2, 0.95], [0.9, 0.5], [1, 0.99]] as const) {
      const size = detectableTestSize(accuracy, power);
      const seen = (items: number) => 1 - (1 - accuracy) ** items;
      expect(seen(size)).toBeGreaterThanOrEqual(power - 1e-12);
      if (size > 1) expect(seen(size - 1)).toBeLessThan(power);
    } // biome-ignore format: a pair each
  });

  test("bits of labels that a probe foresees with certainty are none, of a coin one each", () => {
    expect(prequentialBits([1, 1, 1])).toBe(0);
    expect(prequentialBits([0.5, 0.5, 0.5])).toBeCloseTo(3, 12);
  });

  test("a line in a plane has an angle of nought to it, and one across it none", () => {
    const plane = [[1, 0], [0, 1], [0, 0]]; // biome-ignore format: a matrix
    expect(subspaceOverlap(plane, [[3], [4], [0]]).overlap).toBeCloseTo(1, 12);
    expect(subspaceOverlap([[0], [0], [2]], plane).overlap).toBeCloseTo(0, 12);
    expect(() => subspaceOverlap(plane, [[1], [2]])).toThrow("rows of b");
  });

  test("a series whose noise grows is a warning by surrogates; the same seed says the same", () => {
    const random = stream({ seed: 2, purpose: "growing noise" });
    const series = Array.from({ length: 120 }, (_, i) => (1 + i / 20) * random.normal());
    const found = surrogateTest(series, 30, { surrogates: 60 });
    expect(found.pVariance).toBeLessThan(0.05);
    expect(surrogateTest(series, 30, { surrogates: 60 })).toEqual(found);
    expect(() => surrogateTest(series, 30, { surrogates: 10 })).toThrow("at least 60");
  });
});
