import { expect, test } from "vitest";
import { cubeRoot } from "../../src/numerics/cube-root.ts";

test("cube roots", () => {
  for (const value of [1e-6, 0.02, 0.5, 1, 2, 27, 1e9]) expect(cubeRoot(value) ** 3 / value).toBeCloseTo(1, 14);
  expect(cubeRoot(0)).toBe(0);
});
