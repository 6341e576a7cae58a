import { expect, test } from "vitest";
import { deficitOf } from "../../../src/coefficient/estimate/deficit.ts";
import type { Problem } from "../../../src/coefficient/estimate/problem.ts";

/** At (x, y) the loss x^2 + 4 x y + 10 y^2 is that much above its minimum 0. */
const [x, y] = [0.3, -0.2];
const loss = x * x + 4 * x * y + 10 * y * y;
const gradient = Float64Array.of(2 * x + 4 * y, 4 * x + 20 * y);

test("a quadratic falls to its minimum: by what it is above it, in its eigenvectors", () => {
  // [[2, 4], [4, 20]]: eigenvalues 11 -+ sqrt(97).
  const values = [11 - Math.sqrt(97), 11 + Math.sqrt(97)];
  const vectors = values.flatMap(value => {
    const length = Math.hypot(4, value - 2);
    return [4 / length, (value - 2) / length];
  });
  const curvature = { values: Float64Array.from(values), vectors: Float64Array.from(vectors), noise: 1e-9 };
  const problem = { gradient, size: 2, curvature } as unknown as Problem;
  expect(deficitOf(problem, 100).energy).toBeCloseTo(100 * loss, 10);
});

/** At 0, with the Hessian diag(least, 1) and the loss given. */
const saddleAt = (least: number, loss: (w: Float64Array) => number) =>
  deficitOf(
    {
      ...{ gradient, size: 2, at: new Float64Array(2), excess: { loss } },
      curvature: { values: Float64Array.of(least, 1), noise: 1e-9 },
    } as unknown as Problem,
    1,
  );

test("a direction that falls by more than a thousandth of the largest curvature is a saddle", () => {
  const at = (least: number) => saddleAt(least, w => 0.5 * (least * w[0] * w[0] + w[1] * w[1]));
  expect(at(-2e-3)).toMatchObject({ energy: Infinity, saddle: expect.stringMatching(/eigenvalue -0\.002/) });
  expect(at(-5e-4).saddle).toBeUndefined();
});

test("a curvature that the loss does not follow, as where its gradient has a kink, is no saddle", () => {
  expect(saddleAt(-2e-3, w => Math.abs(w[0]) + w[1] * w[1]).saddle).toBeUndefined();
  // On one side alone it falls.
  expect(saddleAt(-2e-3, w => (w[0] > 0 ? -1e-3 * w[0] * w[0] : w[0] * w[0])).saddle).toMatch(/saddle/);
});
