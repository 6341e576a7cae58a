import { describe, expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { divide } from "../../../src/transitions/order/bimodality.ts";
import {
  binderCumulant,
  jumpBinderMinimum,
  loopArea,
  sarleCoefficient,
} from "../../../src/transitions/order/statistics.ts";

const normals = (count: number): Float64Array => {
  const out = new Float64Array(count);
  stream({ seed: 4, purpose: "statistics" }).normals(out);
  return out;
};

describe("binder", () => {
  test("is 2/3 for two opposite values, 0 for a Gaussian, and nothing for zeros", () => {
    expect(binderCumulant([1, -1, 1])).toBeCloseTo(2 / 3, 15);
    expect(binderCumulant(normals(100_000))!).toBeLessThan(0.02);
    expect(binderCumulant([0, 0])).toBeNull();
  });

  test("of a learned peak of weight x beside zeros is 1 - 1/(3x)", () => {
    expect(binderCumulant([2, 0, 0, 0])).toBeCloseTo(1 - 4 / 3, 14);
  });
});

test("Sarle's coefficient is 1/3 for a Gaussian, 5/9 for a uniform law, 1 for two points", () => {
  expect(sarleCoefficient(normals(100_000))!).toBeCloseTo(1 / 3, 1);
  expect(sarleCoefficient(Array.from({ length: 10_001 }, (_, i) => i))!).toBeCloseTo(5 / 9, 3);
  expect(sarleCoefficient([0, 1, 0, 1])).toBeCloseTo(1, 14);
  expect(sarleCoefficient([3, 3])).toBeNull();
});

test("the area of a triangle between two branches", () => {
  expect(loopArea([0, 1, 2], [0, 1, 0], [0, 0, 0])).toBe(1);
  expect(() => loopArea([0, 0], [1, 1], [1, 1])).toThrow("x[1] is 0");
});

test("equal energies dip nowhere, unequal ones as Challa, Landau and Binder say", () => {
  expect(jumpBinderMinimum(1, 1)).toBeCloseTo(2 / 3, 15);
  // Directly: minimise 1 - <e^4> / (3 <e^2>^2) over the weight of two points.
  let least = 1;
  for (let w = 0.0005; w < 1; w += 0.0005) {
    const [second, fourth] = [w + (1 - w) / 16, w + (1 - w) / 256];
    least = Math.min(least, 1 - fourth / (3 * second * second));
  }
  expect(jumpBinderMinimum(1, 0.25)).toBeCloseTo(least, 5);
});

test("a division finds two points, and leaves 2/pi of a Gaussian between its halves", () => {
  const points = divide(Float64Array.of(0, 0, 1, 1, 1, 0))!;
  expect(points).toMatchObject({ low: 0, high: 1, weight: 0.5 });
  expect(points.share).toBeCloseTo(1, 14);
  expect(divide(normals(20_000))!.share).toBeCloseTo(2 / Math.PI, 2);
  expect(divide(Float64Array.of(2, 2, 2))).toBeNull();
});
