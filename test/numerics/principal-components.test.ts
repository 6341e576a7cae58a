import { expect, test } from "vitest";
import { effectiveCount, principalComponents } from "../../src/numerics/principal-components.ts";
import { stream } from "../../src/numerics/stream.ts";

/** Rows along two perpendicular directions of five, with a mean. */
const [u, v] = [
  [0.6, 0, 0.8, 0, 0],
  [0, 1, 0, 0, 0],
];
const along = [
  [3, 1],
  [-3, 1],
  [3, -1],
  [-3, -1],
];
const rows = Float64Array.from(along.flatMap(([a, b]) => u.map((value, j) => 7 + a * value + b * v[j])));

test("squares, scores and directions of a plane, the mean taken off", () => {
  const { squares, scores, direction } = principalComponents(rows, 4, 5);
  [36, 4, 0, 0].forEach((square, k) => {
    expect(squares[k]).toBeCloseTo(square, 10);
  });
  [u, v].forEach((expected, k) => {
    const found = direction(k);
    const sign = Math.sign(found.reduce((sum, value, j) => sum + value * expected[j], 0));
    expected.forEach((value, j) => {
      expect(sign * found[j]).toBeCloseTo(value, 10);
    });
    along.forEach((place, i) => {
      expect(sign * scores(k)[i]).toBeCloseTo(place[k], 10);
    });
  });
  expect([...direction(3)].every(Number.isFinite)).toBe(true);
});

test("squares add up to the variance, in any number of dimensions", () => {
  const random = stream({ seed: 3, purpose: "rows" });
  for (const width of [2, 9]) {
    const values = Float64Array.from({ length: 6 * width }, () => random.normal());
    const means = Array.from({ length: width }, (_, j) =>
      values.reduce((sum, x, i) => (i % width === j ? sum + x / 6 : sum), 0),
    );
    const total = values.reduce((sum, x, i) => sum + (x - means[i % width]) ** 2, 0);
    expect(principalComponents(values, 6, width).squares.reduce((a, b) => a + b)).toBeCloseTo(total, 10);
  }
});

test("equal parts count as many as they are, unequal ones as fewer", () => {
  expect(effectiveCount([2, 2, 2, 0])).toBeCloseTo(3, 12);
  expect(effectiveCount([5, 0])).toBe(1);
  expect(effectiveCount([0, 0])).toBe(0);
  expect(effectiveCount([3, 1])).toBeCloseTo(Math.exp(0.75 * Math.log(4 / 3) + 0.25 * Math.log(4)), 12);
});
