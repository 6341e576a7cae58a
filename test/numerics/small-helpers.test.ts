import { expect, test } from "vitest";
import { rotationCoefficient } from "../../src/coefficient/exact/rotations.ts";
import { firstCrossing } from "../../src/numerics/first-crossing.ts";
import { gramMatrix, gramSpectrum } from "../../src/numerics/gram.ts";
import { gridMinima } from "../../src/numerics/grid-minima.ts";
import { lineZero } from "../../src/numerics/line-fit.ts";
import { countMarked, markedOrderedPairs, randomMarks } from "../../src/numerics/marks.ts";
import { normalSample } from "../../src/numerics/normal-sample.ts";
import { rowsOf, squareMatrix, squareProduct } from "../../src/numerics/square-matrix.ts";
import { pooledRatio, ratioSums } from "../../src/numerics/statistics/ratio.ts";
import { stream } from "../../src/numerics/stream.ts";
import { bracketOf } from "../../src/protocols/bracket.ts";

test("grid minima lie at the vertices of parabolas, ends left out", () => {
  const found = gridMinima(x => (Math.abs(x) - 1.03) ** 2, -2, 2, 40);
  expect(found).toHaveLength(2);
  found.forEach((x, i) => {
    expect(x).toBeCloseTo([-1.03, 1.03][i], 12);
  });
  expect(gridMinima(x => x, 0, 1, 10)).toEqual([]);
});

test("the first crossing is interpolated in ln x; none where the curve starts above or never reaches it", () => {
  const curve = [
    [1, 0],
    [10, 1],
    [100, 0],
  ] as const;
  expect(firstCrossing(curve, 0.5)).toBeCloseTo(Math.log(10) / 2, 14);
  expect(firstCrossing(curve, 0)).toBeNaN();
  expect(firstCrossing(curve, 2)).toBeNaN();
});

test("Gram matrices and their spectra", () => {
  const vectors = [
    [3, 0, 4],
    [0, 2, 0],
  ];
  expect([...gramMatrix(vectors)]).toEqual([25, 0, 0, 4]);
  expect(gramSpectrum(vectors)).toEqual([25, 4]);
});

test("square matrices by entries, products and rows", () => {
  const X = squareMatrix(2, (i, j) => 2 * i + j + 1);
  expect(rowsOf(2, squareProduct(2, X, X))).toEqual([
    [7, 10],
    [15, 22],
  ]);
});

test("the zero of a line", () => {
  expect(lineZero([0, 1, 2], [3, 1, -1])).toBeCloseTo(1.5, 14);
});

test.each(["standardised", "quantiles"] as const)("%s normal samples have mean 0 and mean square 1", sample => {
  const values = normalSample(50, sample, stream({ seed: 1, purpose: "test" }));
  expect(values.reduce((a, b) => a + b, 0) / 50).toBeCloseTo(0, 13);
  expect(values.reduce((a, b) => a + b * b, 0) / 50).toBeCloseTo(1, 13);
});

test("walkers that all have the predicted ratio leave no scatter", () => {
  const cells = [0.5, 2].map(predicted => ({
    ...ratioSums([
      [predicted * 4, 4],
      [predicted * 6, 6],
    ]),
    predicted,
  }));
  expect(pooledRatio(cells)).toEqual({ ratio: 1, error: 0 });
});

test("a bracket follows its trials; none where its ends do not hold one", () => {
  const holds = (x: number) => x < 6;
  expect(bracketOf([0, 8, 4, 6, 5], holds)).toEqual({ lower: 5, upper: 6 });
  expect(bracketOf([7, 8], holds)).toBeNull();
  expect(bracketOf([0, 5], holds)).toBeNull();
});

test("rotations of a space of width 3 move a minimum of rank 2 in three directions", () => {
  expect(rotationCoefficient(9, 3, 2)).toBe(3);
  expect(rotationCoefficient(9, 3, 0)).toBe(4.5);
});

test("random marks are as many as asked for, and each thing is marked as often", () => {
  const random = stream({ seed: 1, purpose: "marks" });
  const sums = new Float64Array(6);
  for (let draw = 0; draw < 6000; draw++) {
    const marks = randomMarks(6, 2, random);
    expect(countMarked(marks)).toBe(2);
    marks.forEach((mark, i) => {
      sums[i] += mark;
    });
  }
  // 2000 each, with a standard deviation of 37.
  for (const sum of sums) expect(Math.abs(sum - 2000)).toBeLessThan(185);
});

test("ordered pairs are marked at their places; what is none, or twice, is refused by name", () => {
  expect([...markedOrderedPairs(2, [[0, 1], [1, 1]], "train")]).toEqual([0, 1, 0, 1]); // biome-ignore format: pairs in a row
  expect(() => markedOrderedPairs(2, [[0, 2]], "train")).toThrow(
    /^train\[0\] is \[0,2\]: needs two of the elements 0 to 1$/,
  );
  expect(() => markedOrderedPairs(2, [[0, 1], [0, 1]], "pairs")).toThrow(/^pairs\[1\]/); // biome-ignore format: pairs in a row
});
