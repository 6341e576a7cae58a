import { expect, test } from "vitest";
import { choleskyInPlace } from "../../src/numerics/cholesky.ts";
import { stream } from "../../src/numerics/stream.ts";

test.each([1, 2, 7])("L L^T is the matrix, %d x %d", n => {
  const factor = new Float64Array(n * n);
  stream({ seed: 2, purpose: "factor" }).normals(factor);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      for (let k = 0; k < n; k++) matrix[i * n + j] += factor[i * n + k] * factor[j * n + k] + (i === j ? 0.1 : 0);
  const lower = matrix.slice();
  choleskyInPlace(lower, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      if (j > i) expect(lower[i * n + j]).toBe(0);
      let sum = 0;
      for (let k = 0; k < n; k++) sum += lower[i * n + k] * lower[j * n + k];
      expect(Math.abs(sum - matrix[i * n + j])).toBeLessThan(1e-13 * n * 10);
    }
});

test("a matrix that is not positive definite is refused, by its pivot", () => {
  expect(() => choleskyInPlace(Float64Array.of(1, 2, 2, 1), 2)).toThrow("its pivot 1 is -3");
  expect(() => choleskyInPlace(Float64Array.of(Number.NaN), 1)).toThrow("its pivot 0 is NaN");
});
