import { expect, test } from "vitest";
import { dissimilarity, fisherFrom, smallStep } from "../../../src/transitions/dissimilarity/measures.ts";
import { findPeaks } from "../../../src/transitions/dissimilarity/peaks.ts";
import { shapeOf } from "../../../src/transitions/dissimilarity/shape.ts";

test("over a small step the dissimilarity is what the Fisher information says", () => {
  const slopes = [0.3, -0.5, 0.7, -0.5];
  const at = (t: number): number[] => {
    const weights = [1, 2, 0.5, 3].map((weight, i) => weight * Math.exp(slopes[i] * t));
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map(weight => weight / whole);
  };
  const h = 0.01;
  const [low, middle, high] = [at(-h / 2), at(0), at(h / 2)];
  const expected = smallStep(
    fisherFrom(
      middle,
      middle.map((_, i) => (high[i] - low[i]) / h),
    ),
    h,
  );
  const { lin, js } = dissimilarity(low, high);
  expect(lin / expected.lin).toBeCloseTo(1, 4);
  expect(js / expected.js).toBeCloseTo(1, 4);
});

test("of two peaks that are too near to each other the higher one stays; a place lies between splits, on the higher side", () => {
  const D = [0, 0.5, 0.1, 1, 0.4, 0];
  const peaks = (minSep: number) => findPeaks(D, { se: 0.01, floor: 0, z: 3, minSep });
  expect(peaks(2).map(({ index }) => index)).toEqual([1, 3]);
  const [only, ...others] = peaks(3);
  expect(others).toEqual([]);
  expect(only.index).toBe(3);
  // The parabola through 0.1, 1 and 0.4 is highest at 0.1 behind its middle.
  expect(only.offset).toBeCloseTo(0.1, 12);
});

test("a peak that halves over longer segments is an outlier, one that grows a ramp, else a boundary", () => {
  const single = [0, 0, 0, 1, 0, 0, 0];
  const shape = (height: number) => shapeOf(single, [0, 0, height, 0, 0, 0], 2)?.shape;
  expect([0.5, 0.7, 0.8, 1.2, 1.3].map(shape)).toEqual(["outlier", "outlier", "boundary", "boundary", "ramp"]);
});
